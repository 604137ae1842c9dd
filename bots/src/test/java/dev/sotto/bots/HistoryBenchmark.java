package dev.sotto.bots;

import dev.sotto.chat.Person;
import dev.sotto.chat.Platform;
import dev.sotto.chat.Workspace;
import dev.sotto.crypto.Scope;
import dev.sotto.memory.ConversationKey;
import dev.sotto.memory.Exchange;
import dev.sotto.memory.Memory;
import io.micronaut.context.ApplicationContext;
import io.micronaut.jdbc.DataSourceResolver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/** What a turn costs memory beside few and beside many rows of others, one after the other. */
public final class HistoryBenchmark {
  private static final int TURNS = 40;
  private static final int ROUNDS = 400;
  private static final int WARM = 200;
  private static final int ROWS_EACH = 80;
  private static final long CHUNK = 1_000;
  private static final Duration LONG = Duration.ofDays(3_650);
  private static final Person ADA = new Person(new Workspace(Platform.SLACK, "T1"), "U1");

  private final ApplicationContext context;
  private final Memory memory;
  private final Scope scope;
  private int turn;

  private HistoryBenchmark(Path folder, long rows) throws SQLException {
    context =
        Installation.open(
            Map.of(
                "sotto.data-directory",
                folder.resolve("data").toString(),
                "sotto.root-key",
                "file:" + folder.resolve("root.key")));
    memory = context.getBean(Memory.class);
    scope = memory.scope(ADA);
    remember(key("seed"));
    fill(rows);
    for (int i = 0; i < TURNS; i++) {
      remember(key("hall"));
    }
  }

  /** Prints medians and their ratio. */
  public static void run(long few, long many) throws IOException, SQLException {
    Path folder = Files.createTempDirectory("history");
    try {
      compare(
          new HistoryBenchmark(folder.resolve("few"), few),
          new HistoryBenchmark(folder.resolve("many"), many),
          few,
          many);
    } finally {
      try (var files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private static void compare(HistoryBenchmark few, HistoryBenchmark many, long small, long large) {
    long[][] times = new long[4][ROUNDS];
    for (int i = -WARM; i < ROUNDS; i++) {
      int at = Math.max(i, 0);
      times[0][at] = time(() -> few.remember(key("hall")));
      times[1][at] = time(() -> many.remember(key("hall")));
      times[2][at] = time(few::recall);
      times[3][at] = time(many::recall);
    }
    System.out.printf(
        "| median, µs | %,d rows | %,d rows | ratio |%n|---|---|---|---|%n", small, large);
    print("append a turn", times[0], times[1]);
    print("recall 40 turns", times[2], times[3]);
    few.context.close();
    many.context.close();
  }

  private static void print(String what, long[] few, long[] many) {
    Arrays.sort(few);
    Arrays.sort(many);
    double one = few[ROUNDS / 2] / 1e3;
    double other = many[ROUNDS / 2] / 1e3;
    System.out.printf("| %s | %.0f | %.0f | %.2f |%n", what, one, other, other / one);
  }

  private static long time(Runnable act) {
    long begin = System.nanoTime();
    act.run();
    return System.nanoTime() - begin;
  }

  private void remember(ConversationKey key) {
    memory.ready(key);
    String text = "0123456789abcdef".repeat(16);
    memory.remember(
        new Exchange(key, ADA, "m" + turn++, Instant.now(), text, text, false, LONG), scope);
  }

  private void recall() {
    int found = memory.recall(key("hall"), 2 * TURNS, LONG).said().size();
    if (found != 2 * TURNS) {
      throw new IllegalStateException("recalled " + found);
    }
  }

  /** Others' rows: copies of one, each with its own ids. */
  private void fill(long rows) throws SQLException {
    DataSource source = context.getBean(DataSource.class);
    try (Connection connection =
        context.getBean(DataSourceResolver.class).resolve(source).getConnection()) {
      for (long left = rows / ROWS_EACH; left > 0; left -= CHUNK) {
        for (String sql : statements()) {
          try (PreparedStatement statement = connection.prepareStatement(sql)) {
            if (sql.contains("?")) {
              statement.setLong(1, Math.min(left, CHUNK));
            }
            statement.execute();
          }
        }
        System.out.printf("%,d of %,d rows%n", rows - Math.max(0, left - CHUNK) * ROWS_EACH, rows);
      }
    }
  }

  private static List<String> statements() {
    return List.of(
        "create local temporary table if not exists fresh (id uuid)",
        "delete from fresh",
        "insert into fresh select random_uuid(7) from system_range(1, ?)",
        """
        insert into conversation (id, fingerprint, scope_id, key_id, row_version, body)
        select f.id, secure_rand(16), c.scope_id, c.key_id, 1, c.body from fresh f,
          (select * from conversation where scope_id is not null limit 1) c
        """,
        """
        insert into message (id, conversation_id, seq, role, source, said_at, scope_id, key_id,
          row_version, body, expires_at, link)
        select random_uuid(7), f.id, s.n, m.role, secure_rand(16), m.said_at, m.scope_id, m.key_id,
          1, m.body, m.expires_at, secure_rand(16) from fresh f, system_range(0, 79) s(n),
          (select * from message where seq = 0 limit 1) m
        """);
  }

  private static ConversationKey key(String place) {
    return new ConversationKey(ADA.workspace().key(), List.of("desk", "channel", place));
  }
}
