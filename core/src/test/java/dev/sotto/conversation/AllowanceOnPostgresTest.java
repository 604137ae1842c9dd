package dev.sotto.conversation;

import dev.sotto.TestDatabases;
import java.util.Map;

class AllowanceOnPostgresTest extends AllowanceTest {
  private final Map<String, Object> databases = TestDatabases.postgres();

  @Override
  Map<String, Object> databases() {
    return databases;
  }
}
