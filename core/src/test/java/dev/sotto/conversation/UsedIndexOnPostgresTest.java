package dev.sotto.conversation;

import dev.sotto.TestDatabases;
import java.nio.file.Path;
import java.util.Map;

class UsedIndexOnPostgresTest extends UsedIndexTest {
  @Override
  protected Map<String, Object> databases(Path data) {
    return TestDatabases.postgres();
  }
}
