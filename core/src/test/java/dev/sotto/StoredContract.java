package dev.sotto;

import dev.sotto.chat.Address;
import dev.sotto.chat.Person;
import dev.sotto.chat.Platform;
import dev.sotto.chat.Workspace;
import dev.sotto.database.ClosedConnections;
import io.micronaut.context.ApplicationContext;
import io.micronaut.inject.qualifiers.Qualifiers;
import io.micronaut.jdbc.DataSourceResolver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The beans of the product on a database that outlives them: H2 files, or PostgreSQL. */
public abstract class StoredContract {
  protected static final Workspace ACME = new Workspace(Platform.SLACK, "T1");
  protected static final Person ADA = new Person(ACME, "U1");
  protected static final Person TOM = new Person(ACME, "U2");

  private final Map<String, Object> properties = new HashMap<>();
  @TempDir private Path folder;
  private ApplicationContext context;

  @BeforeEach
  void open() throws IOException {
    Path assistants = Files.createDirectories(folder.resolve("assistants"));
    for (String id : new String[] {"desk", "lab"}) {
      Files.writeString(
          assistants.resolve(id + ".yaml"),
          "id: %s\nname: %s\ninstructions: Help.\nmodel: demo/sotto\n".formatted(id, id));
    }
    properties.put("sotto.root-key", "file:" + folder.resolve("safe/root.key"));
    properties.put("sotto.data-directory", folder.resolve("data").toString());
    properties.put("sotto.assistants-directory", assistants.toString());
    properties.put("sotto.default-assistant", "desk");
    properties.put("sotto.access.admins", "slack:U2");
    properties.put("sotto.models.demo.pace", "0ms");
    properties.putAll(databases(folder.resolve("data")));
    context = ApplicationContext.run(properties);
  }

  @AfterEach
  void close() {
    beforeClose();
    context.close();
  }

  /** H2 files; a subclass may choose PostgreSQL, or set something else beside. */
  protected Map<String, Object> databases(Path data) {
    return TestDatabases.h2(data);
  }

  /** What the program does before its beans end. */
  protected void beforeClose() {}

  protected final <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  protected final <T> T bean(Class<T> type, String name) {
    return context.getBean(type, Qualifiers.byName(name));
  }

  /** Ends the beans and makes new ones, with nothing left in memory. */
  protected final void restart() {
    close();
    context = ApplicationContext.run(properties);
  }

  /** The rows of a query, around everything of ours. */
  protected final List<List<Object>> query(String database, String sql, Object... values) {
    try (Connection connection = connection(database);
        PreparedStatement statement = prepare(connection, sql, values);
        ResultSet result = statement.executeQuery()) {
      List<List<Object>> rows = new ArrayList<>();
      while (result.next()) {
        List<Object> row = new ArrayList<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          row.add(result.getObject(i));
        }
        rows.add(row);
      }
      return rows;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  protected final long count(String database, String sql, Object... values) {
    return ((Number) query(database, sql, values).getFirst().getFirst()).longValue();
  }

  protected final int update(String database, String sql, Object... values) {
    try (Connection connection = connection(database);
        PreparedStatement statement = prepare(connection, sql, values)) {
      return statement.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Closes an embedded database as it stands, with nothing more written. */
  protected final void abandon(String database) {
    try (Connection connection = connection(database);
        PreparedStatement statement = connection.prepareStatement("shutdown immediately")) {
      var _ = statement.execute();
    } catch (SQLException e) {
      if (!ClosedConnections.isClosed(e)) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** Puts back what a {@code select *} of the table said, where it is missing. */
  protected final int putBack(String table, List<List<Object>> rows) {
    int stored = 0;
    for (List<Object> row : rows) {
      String marks = String.join(", ", Collections.nCopies(row.size(), "?"));
      String sql = "insert into %s values (%s) on conflict do nothing".formatted(table, marks);
      stored += update("default", sql, row.toArray());
    }
    return stored;
  }

  private static PreparedStatement prepare(Connection connection, String sql, Object... values)
      throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
    return statement;
  }

  private Connection connection(String database) throws SQLException {
    DataSource source = bean(DataSource.class, database);
    return bean(DataSourceResolver.class).resolve(source).getConnection();
  }

  /** What the beans are made with. */
  protected final Map<String, Object> properties() {
    return Map.copyOf(properties);
  }

  /** Goes on without a defence, which this names. */
  protected final void become(String twin) {
    properties.put("twin", twin);
    restart();
  }

  /** Leaves the databases to somebody else for a while. */
  protected final <T> T whileClosed(Callable<T> other) throws Exception {
    close();
    try {
      return other.call();
    } finally {
      context = ApplicationContext.run(properties);
    }
  }

  protected static Address channel(String id) {
    return new Address(ACME, Address.Kind.CHANNEL, id, Optional.empty());
  }

  protected static Address thread(String channel, String root) {
    return new Address(ACME, Address.Kind.CHANNEL, channel, Optional.of(root));
  }
}
