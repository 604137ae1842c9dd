package dev.sotto.conversation;

import dev.sotto.TestDatabases;
import java.util.Map;

class RetentionOnPostgresTest extends RetentionTest {
  private final Map<String, Object> databases = TestDatabases.postgres();

  @Override
  Map<String, Object> databases() {
    return databases;
  }
}
