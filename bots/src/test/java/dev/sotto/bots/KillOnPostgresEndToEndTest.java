package dev.sotto.bots;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;

/** The same, a fifth as often, for a program that died is missed for ten seconds. */
class KillOnPostgresEndToEndTest extends KillEndToEndTest {
  private static final int LEAST = 2;

  private Optional<Postgres> postgres = Optional.empty();

  @Override
  Map<String, String> databases(Path folder) throws Exception {
    Postgres started = Postgres.start(folder);
    postgres = Optional.of(started);
    return started.environment();
  }

  @Override
  int cycles() {
    return Math.max(LEAST, super.cycles() / 5);
  }

  @AfterEach
  void stop() {
    postgres.ifPresent(Postgres::close);
  }
}
