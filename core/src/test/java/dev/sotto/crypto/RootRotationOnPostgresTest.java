package dev.sotto.crypto;

import dev.sotto.TestDatabases;
import java.util.Map;

class RootRotationOnPostgresTest extends RootRotationTest {
  @Override
  Map<String, Object> databases() {
    return TestDatabases.postgres();
  }
}
