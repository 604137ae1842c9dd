package dev.sotto.crypto;

import dev.sotto.TestDatabases;
import java.util.Map;

class AttackOnPostgresTest extends AttackTest {
  @Override
  Map<String, Object> databases() {
    return TestDatabases.postgres();
  }
}
