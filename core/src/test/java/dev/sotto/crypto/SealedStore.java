package dev.sotto.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.zaxxer.hikari.HikariDataSource;
import io.micronaut.context.ApplicationContext;
import io.micronaut.inject.qualifiers.Qualifiers;
import io.micronaut.jdbc.DataSourceResolver;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import javax.sql.DataSource;

/** A vault on real databases, with plain sealed tables, and the hands of who can write to both. */
final class SealedStore implements AutoCloseable {
  private final ApplicationContext context;
  final Vault vault;
  final Keys keys;

  private SealedStore(ApplicationContext context) {
    this.context = context;
    this.vault = context.getBean(Vault.class);
    this.keys = context.getBean(Keys.class);
    migrate("V9__rotation.sql", "destroyed_key");
    for (Field field : Field.values()) {
      data(
          """
          create table if not exists %s (id uuid primary key, scope_id uuid, key_id integer,
            row_version integer not null, body bytea,
            foreign key (scope_id, key_id) references key_version (scope_id, key_id) on delete restrict)
          """
              .formatted(field.table()));
    }
    data("create table if not exists used (id uuid primary key, since timestamp, amount bigint)");
    data("create table if not exists index_guard (form bytea primary key)");
    for (IndexColumn column : IndexColumn.values()) {
      if (!column.ofKeys()) {
        data(
            "alter table %s add column if not exists %s bytea"
                .formatted(column.table(), column.column()));
      }
    }
  }

  /** With the tables of the key store alone; the others are made here. */
  static SealedStore open(Map<String, Object> properties) {
    Map<String, Object> all = new HashMap<>(properties);
    all.put("flyway.datasources.default.target", "1");
    all.put(OtherLedgers.SILENT, "true");
    ApplicationContext context = ApplicationContext.run(all);
    try {
      return new SealedStore(context);
    } catch (RuntimeException e) {
      context.close();
      throw e;
    }
  }

  /** A migration that the keys' side of the data database needs, unless its table is there. */
  private void migrate(String name, String table) {
    String there = "select count(*) from information_schema.tables where table_name = ?";
    if (count("default", there, table) > 0) {
      return;
    }
    try (InputStream script = SealedStore.class.getResourceAsStream("/db/data/" + name)) {
      String sql = new String(Objects.requireNonNull(script).readAllBytes(), UTF_8);
      Stream.of(sql.replaceAll("--.*", "").split(";"))
          .filter(statement -> !statement.isBlank())
          .forEach(statement -> data(statement));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  /** A bean of the data database. */
  <T> T ofData(Class<T> type) {
    return context.getBean(type, Qualifiers.byName("default"));
  }

  HikariDataSource pool() {
    return (HikariDataSource)
        context
            .getBean(DataSourceResolver.class)
            .resolve(context.getBean(DataSource.class, Qualifiers.byName("default")));
  }

  Cell cell(Scope scope) {
    return new Cell(Field.MESSAGE, scope, vault.newId(), 1);
  }

  /** Seals a text and stores it. */
  Cell put(Cell cell, String text) {
    store(cell, vault.seal(cell, text));
    return cell;
  }

  void store(Cell cell, Ciphertext body) {
    data(
        "insert into "
            + cell.field().table()
            + " (id, scope_id, key_id, row_version, body) values (?, ?, ?, ?, ?)",
        cell.row(),
        cell.scope().id(),
        body.keyId(),
        cell.version(),
        body.bytes());
  }

  /** Reads the row of a cell and opens what it holds. */
  String read(Cell cell) {
    return vault.open(cell, body(cell));
  }

  Ciphertext body(Cell cell) {
    List<Object> found =
        query("default", "select body from " + cell.field().table() + " where id = ?", cell.row());
    return new Ciphertext((byte[]) found.getFirst());
  }

  int data(String sql, Object... values) {
    return update("default", sql, values);
  }

  int keyStore(String sql, Object... values) {
    return update("keys", sql, values);
  }

  long count(String database, String sql, Object... values) {
    return ((Number) query(database, sql, values).getFirst()).longValue();
  }

  /** Everything an H2 database holds, as text. */
  String dump(String database) {
    StringBuilder text = new StringBuilder();
    query(database, "script").forEach(line -> text.append(line).append('\n'));
    return text.toString();
  }

  /** The first column. */
  List<Object> query(String database, String sql, Object... values) {
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

  private int update(String database, String sql, Object... values) {
    try (Connection connection = connection(database);
        PreparedStatement statement = prepare(connection, sql, values)) {
      return statement.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static PreparedStatement prepare(Connection connection, String sql, Object... values)
      throws SQLException {
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
