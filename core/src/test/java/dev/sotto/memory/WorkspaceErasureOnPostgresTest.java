package dev.sotto.memory;

import dev.sotto.TestDatabases;
import java.nio.file.Path;
import java.util.Map;

class WorkspaceErasureOnPostgresTest extends WorkspaceErasureTest {
  @Override
  protected Map<String, Object> databases(Path data) {
    return TestDatabases.postgres();
  }
}
