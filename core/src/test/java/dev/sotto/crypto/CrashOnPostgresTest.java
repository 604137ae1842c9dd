package dev.sotto.crypto;

import dev.sotto.TestDatabases;
import java.util.Map;

class CrashOnPostgresTest extends CrashTest {
  @Override
  Map<String, Object> databases() {
    return TestDatabases.postgres();
  }

  @Override
  boolean files() {
    return false;
  }

  @Override
  int kills() {
    return super.kills() / 3;
  }
}
