package dev.sotto.backup;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What tables a database has, in an order in which foreign keys let them be filled. */
final class SchemaRows {
  static final String HISTORY = "flyway_schema_history";
  private static final String[] KINDS = {"TABLE", "BASE TABLE"};

  private SchemaRows() {}

  /**
   * One table.
   *
   * @param order how its rows are read so that each comes after the one that it refers to
   */
  record Table(String name, List<String> columns, String order) {}

  static boolean isEmpty(Connection connection) throws SQLException {
    return names(connection).isEmpty();
  }

  /** All tables but the history of the schema; who is referred to comes first. */
  static List<Table> tables(Connection connection) throws SQLException {
    Map<String, Set<String>> references = new LinkedHashMap<>();
    Map<String, Table> tables = new LinkedHashMap<>();
    for (String name : names(connection)) {
      if (!name.equals(HISTORY)) {
        Set<String> own = new LinkedHashSet<>();
        references.put(name, references(connection, name, own));
        String order = own.isEmpty() ? "" : " order by " + String.join(", ", own);
        tables.put(name, new Table(name, columns(connection, name), order));
      }
    }
    Set<String> ordered = new LinkedHashSet<>();
    references.keySet().forEach(it -> visit(it, references, ordered));
    return ordered.stream().map(tables::get).toList();
  }

  /** The version of the schema. */
  static String version(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select \"version\" from \"%s\" where \"version\" is not null order by \"installed_rank\" desc limit 1"
                    .formatted(HISTORY))) {
      if (!row.next()) {
        throw new BackupException("a database has no tables of Sotto");
      }
      return row.getString(1);
    }
  }

  private static void visit(
      String table, Map<String, Set<String>> references, Set<String> ordered) {
    if (!ordered.contains(table)) {
      references.getOrDefault(table, Set.of()).forEach(it -> visit(it, references, ordered));
      ordered.add(table);
    }
  }

  private static List<String> names(Connection connection) throws SQLException {
    List<String> names = new ArrayList<>();
    DatabaseMetaData about = connection.getMetaData();
    try (ResultSet rows = about.getTables(null, connection.getSchema(), "%", KINDS)) {
      while (rows.next()) {
        names.add(rows.getString("TABLE_NAME"));
      }
    }
    return names.stream().sorted().toList();
  }

  /** The tables that it refers to; conditions for itself go to {@code own}. */
  private static Set<String> references(Connection connection, String table, Set<String> own)
      throws SQLException {
    Set<String> others = new LinkedHashSet<>();
    DatabaseMetaData about = connection.getMetaData();
    try (ResultSet rows = about.getImportedKeys(null, connection.getSchema(), table)) {
      while (rows.next()) {
        String other = rows.getString("PKTABLE_NAME");
        if (other.equals(table)) {
          own.add("(" + rows.getString("FKCOLUMN_NAME") + " is not null)");
        } else {
          others.add(other);
        }
      }
    }
    return others;
  }

  private static List<String> columns(Connection connection, String table) throws SQLException {
    try (PreparedStatement none =
        connection.prepareStatement("select * from " + table + " where 1 = 0")) {
      List<String> columns = new ArrayList<>();
      for (int i = 1; i <= none.getMetaData().getColumnCount(); i++) {
        columns.add(none.getMetaData().getColumnLabel(i));
      }
      return columns;
    }
  }
}
