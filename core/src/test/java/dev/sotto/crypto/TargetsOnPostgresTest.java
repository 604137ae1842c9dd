package dev.sotto.crypto;

import dev.sotto.TestDatabases;
import java.util.Map;

class TargetsOnPostgresTest extends TargetsTest {
  @Override
  Map<String, Object> databases() {
    return TestDatabases.postgres();
  }

  @Override
  boolean shared() {
    return true;
  }
}
