package dev.sotto.inbox;

import dev.sotto.TestDatabases;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Here a newer version may begin beside this one; an embedded database belongs to one alone. */
class UpgradeOnPostgresTest extends UpgradeTest {
  @Override
  protected Map<String, Object> databases(Path data) {
    return TestDatabases.postgres();
  }

  @Test
  void isGoneOnWith() {
    Board board = start();
    accept("m1");
    upgrade();
    accept("m2");

    awaitAnswered(board, "m1", "m2");
  }
}
