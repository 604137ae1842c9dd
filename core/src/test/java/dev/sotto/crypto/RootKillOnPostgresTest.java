package dev.sotto.crypto;

import dev.sotto.TestDatabases;
import java.util.Map;

class RootKillOnPostgresTest extends RootKillTest {
  @Override
  Map<String, Object> databases() {
    return TestDatabases.postgres();
  }
}
