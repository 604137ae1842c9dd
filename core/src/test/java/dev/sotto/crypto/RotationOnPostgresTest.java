package dev.sotto.crypto;

import dev.sotto.TestDatabases;
import java.util.Map;

class RotationOnPostgresTest extends RotationTest {
  @Override
  Map<String, Object> databases() {
    return TestDatabases.postgres();
  }
}
