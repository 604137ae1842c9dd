package dev.sotto.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import dev.sotto.FaultyDisk;
import dev.sotto.StoredContract;
import dev.sotto.TestDatabases;
import io.micronaut.configuration.jdbc.hikari.DatasourceFactory;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.event.BeanDestroyedEvent;
import io.micronaut.context.event.BeanDestroyedEventListener;
import io.micronaut.jdbc.BasicJdbcConfiguration;
import io.micronaut.jdbc.DataSourceResolver;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The disk takes nothing for a moment. */
@ResourceLock(FaultyDisk.ORDERS)
class EmbeddedPoolsTest extends StoredContract {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** As many as the pool has. */
  private static final int ALL = 8;

  @TempDir private Path folder;
  private Path data = Path.of("");

  @Override
  protected Map<String, Object> databases(Path data) {
    this.data = data;
    Map<String, Object> settings = FaultyDisk.under(TestDatabases.h2(data));
    settings.put(AtTheEnd.SWITCH, true);
    return settings;
  }

  @AfterEach
  void mend() {
    System.clearProperty(FaultyDisk.ORDERS);
  }

  @Test
  void aDatabaseThatClosedItselfIsOpenedAnewThoughConnectionsFromBeforeAreStillUsed()
      throws Exception {
    try (Connection before = pool().getConnection()) {
      Path orders = Files.writeString(folder.resolve("orders"), "write 1 fail");
      System.setProperty(FaultyDisk.ORDERS, orders.toString());
      assertThatThrownBy(() -> update("default", "create table more (id uuid primary key)"));
      Files.delete(orders);

      await().atMost(PATIENCE).ignoreExceptions().until(() -> select(pool()) == 1);
      assertThatThrownBy(() -> select(before)).hasMessageContaining("closed");
      assertThatThrownBy(this::connect).hasMessageContaining("already in use");
    }

    await().atMost(PATIENCE).until(() -> all() == ALL);
    connect();
  }

  @Test
  void aPoolThatIsClosedIsNotMadeAnewByAConnectionThatComesLate() throws Exception {
    DataSource source = pool().unwrap(HikariDataSource.class).getDataSource();
    Path file = data.resolve("default.mv.db");
    AtomicReference<Throwable> late = new AtomicReference<>();
    bean(AtTheEnd.class).then =
        () -> {
          try (FileChannel another = FileChannel.open(file, StandardOpenOption.WRITE);
              FileLock _ = another.lock()) {
            late.set(catchThrowable(source::getConnection));
          } catch (IOException e) {
            late.set(e);
          }
        };

    whileClosed(() ->
        assertThat(late.get())
            .isInstanceOf(SQLException.class)
            .hasMessageContaining("already in use"));
  }

  private int all() {
    List<Connection> taken = new ArrayList<>();
    try {
      for (int i = 0; i < ALL; i++) {
        taken.add(pool().getConnection());
        select(taken.getLast());
      }
      return taken.size();
    } catch (SQLException e) {
      return 0;
    } finally {
      for (Connection connection : taken) {
        close(connection);
      }
    }
  }

  private DataSource pool() {
    return bean(DataSourceResolver.class).resolve(bean(DataSource.class, "default"));
  }

  private void connect() throws SQLException {
    BasicJdbcConfiguration address = bean(BasicJdbcConfiguration.class, "default");
    DriverManager.getConnection(address.getUrl(), address.getUsername(), address.getPassword())
        .close();
  }

  private static int select(DataSource source) throws SQLException {
    try (Connection connection = source.getConnection()) {
      return select(connection);
    }
  }

  private static int select(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        var result = statement.executeQuery("select 1")) {
      assertThat(result.next()).isTrue();
      return result.getInt(1);
    }
  }

  /** Does something when the pools are closed, and the beans are not forgotten yet. */
  @Singleton
  @Requires(property = AtTheEnd.SWITCH)
  static final class AtTheEnd implements BeanDestroyedEventListener<DatasourceFactory> {
    private static final String SWITCH = "test.at-the-end";
    private Runnable then = () -> {};

    @Override
    public void onDestroyed(BeanDestroyedEvent<DatasourceFactory> event) {
      then.run();
    }
  }

  private static void close(Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      assertThat(ClosedConnections.isClosed(e)).isTrue();
    }
  }
}
