package dev.sotto.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sotto.StoredContract;
import io.micronaut.jdbc.BasicJdbcConfiguration;
import io.micronaut.jdbc.DataSourceResolver;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A thread is interrupted, as at a stop, while it is about to write. */
class InterruptTest extends StoredContract {
  @TempDir private Path folder;

  @Test
  void doesNotCloseTheDatabaseForTheOthers() throws SQLException {
    DataSource pool = bean(DataSourceResolver.class).resolve(bean(DataSource.class, "default"));
    try (Connection of = pool.getConnection();
        Connection another = pool.getConnection()) {
      writeInterrupted(of);

      assertThat(rows(another)).isEqualTo(1);
    }
  }

  @Test
  void closesItWhereEachThreadWritesTheFileItself() throws SQLException {
    BasicJdbcConfiguration address = bean(BasicJdbcConfiguration.class, "default");
    String url = "jdbc:h2:file:" + folder.resolve("plain") + ";WRITE_DELAY=0";
    Connection of = DriverManager.getConnection(url, address.getUsername(), "");
    Connection another = DriverManager.getConnection(url, address.getUsername(), "");

    assertThatThrownBy(() -> writeInterrupted(of)).isInstanceOf(SQLException.class);

    assertThatThrownBy(() -> rows(another)).hasMessageContaining("closed");
  }

  private static void writeInterrupted(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("create table note (text varchar)");
      Thread.currentThread().interrupt();
      statement.executeUpdate("insert into note values ('the clips are in the drawer')");
      assertThat(Thread.currentThread().isInterrupted()).isTrue();
    } finally {
      var _ = Thread.interrupted();
    }
  }

  private static int rows(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        var result = statement.executeQuery("select count(*) from note")) {
      assertThat(result.next()).isTrue();
      return result.getInt(1);
    }
  }
}
