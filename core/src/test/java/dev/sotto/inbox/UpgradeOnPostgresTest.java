package dev.sotto.inbox;

import dev.sotto.TestDatabases;
import java.nio.file.Path;
import java.util.Map;

class UpgradeOnPostgresTest extends UpgradeTest {
  @Override
  protected Map<String, Object> databases(Path data) {
    return TestDatabases.postgres();
  }
}
