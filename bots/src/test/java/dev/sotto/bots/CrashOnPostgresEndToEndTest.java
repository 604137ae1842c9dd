package dev.sotto.bots;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;

/** The same, where a program that died is missed for ten seconds. */
class CrashOnPostgresEndToEndTest extends CrashEndToEndTest {
  private Optional<Postgres> postgres = Optional.empty();

  @Override
  Map<String, String> databases(Path folder) throws Exception {
    Postgres started = Postgres.start(folder);
    postgres = Optional.of(started);
    return started.environment();
  }

  @AfterEach
  void stop() {
    postgres.ifPresent(Postgres::close);
  }
}
