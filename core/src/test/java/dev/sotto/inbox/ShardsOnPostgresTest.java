package dev.sotto.inbox;

import dev.sotto.TestDatabases;
import java.nio.file.Path;
import java.util.Map;

class ShardsOnPostgresTest extends ShardsTest {
  @Override
  protected Map<String, Object> databases(Path data) {
    return TestDatabases.postgres();
  }
}
