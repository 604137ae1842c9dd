package dev.sotto.memory;

import dev.sotto.TestDatabases;
import java.nio.file.Path;
import java.util.Map;

class MemoryOnPostgresTest extends MemoryTest {
  @Override
  protected Map<String, Object> databases(Path data) {
    return TestDatabases.postgres();
  }
}
