package dev.sotto.audit;

import dev.sotto.crypto.ChainState;
import dev.sotto.crypto.Keys;
import io.micronaut.context.ApplicationContext;
import io.micronaut.inject.qualifiers.Qualifiers;
import io.micronaut.jdbc.DataSourceResolver;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** An audit log on real databases, and the hands of who can write to both. */
final class AuditStore implements AutoCloseable {
  private final ApplicationContext context;
  final AuditLog log;
  final Keys keys;

  private AuditStore(ApplicationContext context) {
    this.context = context;
    this.log = context.getBean(AuditLog.class);
    this.keys = context.getBean(Keys.class);
  }

  static AuditStore open(Map<String, Object> properties) {
    return new AuditStore(ApplicationContext.run(properties));
  }

  <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  void write(String object) {
    log.write(new Note(Action.COMMAND, Outcome.DONE, "slack:U1", object, ""));
  }

  void write(int from, int to) {
    for (int i = from; i <= to; i++) {
      write("object " + i);
    }
  }

  List<String> findings() {
    return log.verify().findings();
  }

  List<EntryRow> rows() {
    return bean(EntryRows.class).after(0, 0, new java.util.UUID(0, 0));
  }

  /** The row of the state, as it lies there: an attacker may keep it and put it back. */
  record Kept(int version, Object scope, Object key, Object body) {}

  Kept keepState() {
    return new Kept(
        ((Number) one("select row_version from audit_state")).intValue(),
        one("select scope_id from audit_state"),
        one("select key_id from audit_state"),
        one("select body from audit_state"));
  }

  void putBack(Kept kept) {
    data(
        "update audit_state set row_version = ?, scope_id = ?, key_id = ?, body = ?",
        kept.version(),
        kept.scope(),
        kept.key(),
        kept.body());
  }

  /** What a process has in its hands: where the log stands, opened. */
  ChainState running() {
    States states = bean(States.class);
    return states.open(states.lock()).orElseThrow();
  }

  void changeState(UnaryOperator<ChainState> change) {
    States states = bean(States.class);
    states.put(states.lock(), change.apply(running()));
  }

  Object one(String sql, @Nullable Object... values) {
    return query("default", sql, values).getFirst();
  }

  int data(String sql, @Nullable Object... values) {
    return update("default", sql, values);
  }

  int keyStore(String sql, @Nullable Object... values) {
    return update("keys", sql, values);
  }

  /** The first column. */
  List<Object> query(String database, String sql, @Nullable Object... values) {
    try (Connection connection = connection(database);
        PreparedStatement statement = prepare(connection, sql, values);
        ResultSet result = statement.executeQuery()) {
      List<Object> column = new ArrayList<>();
      while (result.next()) {
        column.add(result.getObject(1));
      }
      return column;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private int update(String database, String sql, @Nullable Object... values) {
    try (Connection connection = connection(database);
        PreparedStatement statement = prepare(connection, sql, values)) {
      return statement.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
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
