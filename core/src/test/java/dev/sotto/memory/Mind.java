package dev.sotto.memory;

import dev.sotto.chat.Address;
import dev.sotto.chat.Person;
import dev.sotto.chat.Platform;
import dev.sotto.chat.Workspace;
import dev.sotto.crypto.Anchors;
import dev.sotto.crypto.Vault;
import io.micronaut.context.ApplicationContext;
import io.micronaut.inject.qualifiers.Qualifiers;
import io.micronaut.jdbc.DataSourceResolver;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The memory of the product on real databases, and the hands of who can write to them. */
final class Mind implements AutoCloseable {
  static final Workspace ACME = new Workspace(Platform.SLACK, "T1");
  static final Person ADA = new Person(ACME, "U1");
  static final Person TOM = new Person(ACME, "U2");
  static final ConversationKey HALL = key("hall");
  static final ConversationKey YARD = key("yard");
  static final Instant NOON = Instant.parse("2026-05-04T12:00:00.123456Z");
  static final Duration LONG = Duration.ofDays(3_650);
  private static final List<String> TABLES = List.of("conversation", "message", "summary");

  final ApplicationContext context;

  /** One row of any table. */
  record Row(Map<String, @Nullable Object> values) {
    Object get(String column) {
      return Objects.requireNonNull(values.get(column));
    }

    byte[] bytes(String column) {
      return (byte[]) get(column);
    }

    Row with(String column, Object value) {
      Row copy = new Row(new LinkedHashMap<>(values));
      copy.values().put(column, value);
      return copy;
    }
  }

  Mind(Map<String, Object> properties) {
    this.context = ApplicationContext.run(properties);
  }

  Mind(Map<String, Object> properties, Clock clock) {
    this.context = ApplicationContext.builder(properties).singletons(clock).start();
  }

  static ConversationKey key(String place) {
    return new ConversationKey(ACME.key(), List.of("desk", "channel", place));
  }

  Memory memory() {
    return context.getBean(Memory.class);
  }

  /** A turn with the words {@code qN} and {@code aN}. */
  void turn(ConversationKey key, Person person, int turn) {
    remember(key, person, turn, NOON.plusSeconds(turn), LONG);
  }

  void remember(ConversationKey key, Person person, int turn, Instant at, Duration kept) {
    memory().ready(key);
    memory()
        .remember(
            new Exchange(key, person, "m" + turn, at, "q" + turn, "a" + turn, false, kept),
            memory().scope(person));
  }

  void forget(Person person) {
    context.getBean(Erasure.class).person(person, (_, _) -> {});
  }

  /** Deletes the message with these words, and the answer. */
  void forgetTurn(int turn) {
    memory().forget(new Address(ACME, Address.Kind.CHANNEL, "C1", Optional.empty()), "m" + turn);
  }

  /** The person changes the message with these words. */
  void reword(int turn, String words) {
    memory()
        .revise(new Address(ACME, Address.Kind.CHANNEL, "C1", Optional.empty()), "m" + turn, words);
  }

  Recollection recall(ConversationKey key) {
    return memory().recall(key, Memory.MOST, LONG);
  }

  List<String> texts(ConversationKey key) {
    return recall(key).said().stream().map(Recollection.Said::text).toList();
  }

  /** Our own id of a conversation. */
  UUID id(ConversationKey key) {
    var forms = key.forms(context.getBean(Vault.class)).all();
    return context.getBean(ConversationRows.class).find(forms).orElseThrow().id();
  }

  void flush() {
    context.getBean(Anchors.class).flush();
  }

  int sql(String sql, @Nullable Object... values) {
    return sql("default", sql, values);
  }

  int sql(String database, String sql, @Nullable Object... values) {
    try (Connection connection = connection(database);
        PreparedStatement statement = prepare(connection, sql, values)) {
      return statement.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  List<Row> rows(String sql, @Nullable Object... values) {
    return rowsOf("default", sql, values);
  }

  List<Row> rowsOf(String database, String sql, @Nullable Object... values) {
    try (Connection connection = connection(database);
        PreparedStatement statement = prepare(connection, sql, values);
        ResultSet result = statement.executeQuery()) {
      List<Row> rows = new ArrayList<>();
      while (result.next()) {
        Row row = new Row(new LinkedHashMap<>());
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          row.values().put(result.getMetaData().getColumnName(i), result.getObject(i));
        }
        rows.add(row);
      }
      return rows;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** All rows of the tables of memory, as an attacker copies them. */
  Map<String, List<Row>> copy() {
    Map<String, List<Row>> copy = new LinkedHashMap<>();
    TABLES.forEach(it -> copy.put(it, rows("select * from " + it)));
    return copy;
  }

  /** Puts a copy in the place of what stands. */
  void paste(Map<String, List<Row>> copy) {
    TABLES.reversed().forEach(it -> sql("delete from " + it));
    copy.forEach((table, rows) -> rows.forEach(row -> insert(table, row)));
  }

  void insert(String table, Row row) {
    var columns = row.values().keySet();
    String marks = String.join(", ", columns.stream().map(_ -> "?").toList());
    sql(
        "insert into %s (%s) values (%s)".formatted(table, String.join(", ", columns), marks),
        row.values().values().toArray(new @Nullable Object[0]));
  }

  private static PreparedStatement prepare(
      Connection connection, String sql, @Nullable Object... values) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
    return statement;
  }

  /** Around the transactions of Micronaut Data, as an attacker would come. */
  private Connection connection(String database) throws SQLException {
    DataSource source = context.getBean(DataSource.class, Qualifiers.byName(database));
    return context.getBean(DataSourceResolver.class).resolve(source).getConnection();
  }

  @Override
  public void close() {
    context.close();
  }
}
