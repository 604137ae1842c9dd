package dev.sotto.memory;

import dev.sotto.TestDatabases;
import java.nio.file.Path;
import java.util.Map;

class HonestHistoryOnPostgresTest extends HonestHistoryTest {
  private static final long MOST = 100_000;

  @Override
  Map<String, Object> databases(Path data) {
    return TestDatabases.postgres();
  }

  @Override
  long reads() {
    return Math.min(super.reads(), MOST);
  }
}
