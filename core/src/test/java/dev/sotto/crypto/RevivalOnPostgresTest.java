package dev.sotto.crypto;

import dev.sotto.TestDatabases;
import java.util.Map;

class RevivalOnPostgresTest extends RevivalTest {
  @Override
  Map<String, Object> databases() {
    return TestDatabases.postgres();
  }
}
