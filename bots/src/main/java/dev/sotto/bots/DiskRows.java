package dev.sotto.bots;

import dev.sotto.sandbox.page.Disk;
import io.micronaut.context.ApplicationContext;
import io.micronaut.jdbc.DataSourceResolver;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import javax.sql.DataSource;

/** The tables of the data database as they lie on disk, bytes in hex, for the sandbox's page. */
final class DiskRows implements Disk {
  private static final List<String> TABLES =
      List.of("message", "inbox_event", "conversation", "place", "binding");

  private final DataSource database;

  DiskRows(ApplicationContext context) {
    DataSource inTransactions = context.getBean(DataSource.class);
    this.database = context.getBean(DataSourceResolver.class).resolve(inTransactions);
  }

  @Override
  public List<Table> tables(int most) {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      List<Table> tables = new ArrayList<>();
      for (String table : TABLES) {
        tables.add(read(statement, table, most));
      }
      return tables;
    } catch (SQLException e) {
      throw new IllegalStateException("the tables cannot be read", e);
    }
  }

  private static Table read(Statement statement, String table, int most) throws SQLException {
    long total;
    try (ResultSet count = statement.executeQuery("select count(*) from " + table)) {
      count.next();
      total = count.getLong(1);
    }
    String newest = "select * from " + table + " order by id desc limit " + most;
    try (ResultSet rows = statement.executeQuery(newest)) {
      List<String> columns = new ArrayList<>();
      for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
        columns.add(rows.getMetaData().getColumnLabel(column));
      }
      columns.sort(Comparator.comparing(it -> !it.equals("body")));
      List<List<String>> cells = new ArrayList<>();
      while (rows.next()) {
        List<String> row = new ArrayList<>();
        for (String column : columns) {
          row.add(text(rows.getObject(column)));
        }
        cells.add(row);
      }
      return new Table(table, total, columns, cells);
    }
  }

  private static String text(Object value) {
    return value instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : String.valueOf(value);
  }
}
