package dev.sotto.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sotto.StoredContract;
import dev.sotto.TestDatabases;
import dev.sotto.chat.Person;
import dev.sotto.crypto.Anchors;
import dev.sotto.crypto.Inspection;
import dev.sotto.crypto.Keys;
import dev.sotto.crypto.Receipt;
import dev.sotto.memory.Chains;
import dev.sotto.memory.ConversationKey;
import dev.sotto.memory.Erasure;
import dev.sotto.memory.Exchange;
import dev.sotto.memory.Memory;
import dev.sotto.memory.Recollection;
import io.micronaut.context.ApplicationContext;
import io.micronaut.inject.qualifiers.Qualifiers;
import io.micronaut.jdbc.DataSourceResolver;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What was said, backups of it, and empty databases to restore them into. */
abstract class BackupContract extends StoredContract {
  static final Duration LONG = Duration.ofDays(3_650);
  static final String CANARY = "the brackenfold ferry leaves at dusk";

  @TempDir Path files;
  Map<String, Object> empty = Map.of();

  @BeforeEach
  void chooseTarget() {
    empty = target(files.resolve("restored"));
  }

  /** Empty databases to restore into. */
  Map<String, Object> target(Path folder) {
    return TestDatabases.h2(folder);
  }

  Backups.Written backup(List<Long> told) {
    return bean(Backups.class).write(files, files, (done, total) -> told.add(done));
  }

  interface Restoring {
    List<Restore.Checked> restore(Restore restore);
  }

  /** As an administrator does it: what was restored is then taken for true. */
  List<Restore.Checked> restore(Map<String, Object> databases, Restoring restoring) {
    List<Restore.Checked> checked = load(databases, restoring);
    try (ApplicationContext context = open(databases)) {
      context.getBean(Anchors.class).accept();
    }
    return checked;
  }

  List<Restore.Checked> load(Map<String, Object> databases, Restoring restoring) {
    Map<String, Object> properties = new HashMap<>(databases);
    properties.put("flyway.datasources.default.enabled", false);
    properties.put("flyway.datasources.keys.enabled", false);
    try (ApplicationContext context = open(properties)) {
      return restoring.restore(context.getBean(Restore.class));
    }
  }

  ApplicationContext open(Map<String, Object> databases) {
    Map<String, Object> properties = new HashMap<>();
    properties.put("sotto.root-key", bean(Keys.class).rootKey());
    properties.put("sotto.data-directory", files.resolve("data").toString());
    properties.putAll(databases);
    return ApplicationContext.run(properties);
  }

  /** An empty data database beside the key store as it is once nobody writes to it. */
  Map<String, Object> withTodaysKeys() {
    bean(Anchors.class).flush();
    Map<String, Object> mixed = new HashMap<>(empty);
    for (String key : List.of("datasources.keys.url", "datasources.keys.driver-class-name")) {
      bean(ApplicationContext.class)
          .getProperty(key, String.class)
          .ifPresent(it -> mixed.put(key, it));
    }
    return mixed;
  }

  Receipt erase(Person person) {
    return bean(Erasure.class).person(person, (_, _) -> {}).orElseThrow();
  }

  static long numbers(ApplicationContext context, String sql) {
    return numbers(context, "default", sql);
  }

  static long numbers(ApplicationContext context, String database, String sql) {
    DataSource source = context.getBean(DataSource.class, Qualifiers.byName(database));
    try (Connection connection =
            context.getBean(DataSourceResolver.class).resolve(source).getConnection();
        Statement statement = connection.createStatement()) {
      if (!statement.execute(sql)) {
        return statement.getUpdateCount();
      }
      try (var row = statement.getResultSet()) {
        row.next();
        return row.getLong(1);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  static Inspection.Inspected inspect(ApplicationContext context) {
    return context.getBean(Inspection.class).inspect((done, total) -> {});
  }

  void remember(Person person, int turns) {
    for (int i = 1; i <= turns; i++) {
      remember(bean(ApplicationContext.class), person, i);
    }
  }

  static void remember(ApplicationContext context, Person person, int turn) {
    Memory memory = context.getBean(Memory.class);
    String id = person.id() + turn + System.nanoTime();
    memory.remember(
        new Exchange(
            of(person), person, id, Instant.now(), CANARY + turn, "answer " + turn, false, LONG),
        memory.scope(person));
  }

  static List<String> turns(int turns) {
    return IntStream.rangeClosed(1, turns)
        .boxed()
        .flatMap(it -> List.of(CANARY + it, "answer " + it).stream())
        .toList();
  }

  static List<String> recalled(ApplicationContext context, Person person) {
    Recollection recollection = context.getBean(Memory.class).recall(of(person), 400, LONG);
    assertThat(recollection.damaged()).isZero();
    assertThat(recollection.broken()).isFalse();
    return recollection.said().stream().map(Recollection.Said::text).toList();
  }

  static Chains.Report chains(ApplicationContext context) {
    return context.getBean(Chains.class).verify((_, _) -> {});
  }

  static ConversationKey of(Person person) {
    return new ConversationKey(ACME.key(), List.of("desk", "person", person.id()));
  }
}
