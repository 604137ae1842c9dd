package dev.sotto.crypto;

import dev.sotto.TestDatabases;
import java.util.Map;

class IndexPhaseOnPostgresTest extends IndexPhaseTest {
  @Override
  Map<String, Object> databases() {
    return TestDatabases.postgres();
  }
}
