package dev.sotto.bots.leaks;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;

/** An H2 database with one row in clear. */
final class ControlRows {
  private ControlRows() {}

  static void write(Path file, String text) {
    String url = "jdbc:h2:file:" + file.toAbsolutePath() + ";TRACE_LEVEL_FILE=0";
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute("create table control (id bigint primary key, body varbinary)");
      try (PreparedStatement insert =
          connection.prepareStatement("insert into control values (1, ?)")) {
        insert.setBytes(1, text.getBytes(StandardCharsets.UTF_8));
        insert.executeUpdate();
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the control database cannot be written", e);
    }
  }
}
