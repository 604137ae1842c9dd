package dev.sotto.memory;

import dev.sotto.TestDatabases;
import java.nio.file.Path;
import java.util.Map;

class ErasureKillOnPostgresTest extends ErasureKillTest {
  @Override
  protected Map<String, Object> databases(Path data) {
    return TestDatabases.postgres();
  }
}
