package dev.sotto.backup;

import dev.sotto.TestDatabases;
import java.nio.file.Path;
import java.util.Map;

/** From H2 into PostgreSQL. */
class BackupToPostgresTest extends BackupTest {
  @Override
  Map<String, Object> target(Path folder) {
    return TestDatabases.postgres();
  }
}
