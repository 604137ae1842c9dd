package dev.sotto.conversation;

import dev.sotto.TestDatabases;
import java.util.Map;

class SummaryOnPostgresTest extends SummaryTest {
  private final Map<String, Object> databases = TestDatabases.postgres();

  @Override
  Map<String, Object> databases() {
    return databases;
  }
}
