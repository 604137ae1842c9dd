package dev.sotto.assistant;

import dev.sotto.TestDatabases;
import java.nio.file.Path;
import java.util.Map;

class ChoiceAttackOnPostgresTest extends ChoiceAttackTest {
  @Override
  protected Map<String, Object> databases(Path data) {
    return TestDatabases.postgres();
  }
}
