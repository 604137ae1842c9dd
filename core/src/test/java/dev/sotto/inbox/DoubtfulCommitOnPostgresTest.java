package dev.sotto.inbox;

import dev.sotto.TestDatabases;
import java.nio.file.Path;
import java.util.Map;

class DoubtfulCommitOnPostgresTest extends DoubtfulCommitTest {
  @Override
  protected Map<String, Object> databases(Path data) {
    return doubtful(TestDatabases.postgres());
  }
}
