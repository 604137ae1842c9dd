package dev.sotto.backup;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one database as a file holds them, the same for every kind of database: tables in an
 * order in which they can be filled, and of each its rows.
 */
interface Content {

  /**
   * Begins.
   *
   * @param version of the schema
   */
  void begin(String version);

  /** Begins the next table. */
  void table(String name, List<String> columns);

  /**
   * One row of the table begun last: ids, numbers, booleans, words, bytes and instants.
   *
   * @param values one for each column
   */
  void row(@Nullable Object[] values);

  /** There are no more tables. */
  void end();
}
