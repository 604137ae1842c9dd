package dev.sotto.crypto;

import dev.sotto.TestDatabases;
import java.util.Map;

class IndexCrashOnPostgresTest extends IndexCrashTest {
  @Override
  Map<String, Object> databases() {
    return TestDatabases.postgres();
  }
}
