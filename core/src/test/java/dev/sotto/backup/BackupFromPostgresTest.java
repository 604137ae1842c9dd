package dev.sotto.backup;

import dev.sotto.TestDatabases;
import java.nio.file.Path;
import java.util.Map;

/** From PostgreSQL into H2. */
class BackupFromPostgresTest extends BackupTest {
  @Override
  protected Map<String, Object> databases(Path data) {
    return TestDatabases.postgres();
  }
}
