package dev.sotto.audit;

import dev.sotto.TestDatabases;
import java.util.Map;

class TamperingOnPostgresTest extends TamperingTest {
  @Override
  Map<String, Object> databases() {
    return TestDatabases.postgres();
  }
}
