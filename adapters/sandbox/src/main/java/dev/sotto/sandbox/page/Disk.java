package dev.sotto.sandbox.page;

import java.util.List;

/** Shows the stored rows exactly as they lie on disk. Asked at most once a second and window. */
@FunctionalInterface
public interface Disk {

  /**
   * Every table with rows, those that changed last first.
   *
   * @param most how many rows of each table are given
   */
  List<Table> tables(int most);

  /**
   * A stored table.
   *
   * @param total how many rows it has
   * @param rows newest first, one text for each column: ciphertext in hex or Base64
   */
  record Table(String name, long total, List<String> columns, List<List<String>> rows) {
    public Table {
      columns = List.copyOf(columns);
      rows = rows.stream().map(List::copyOf).toList();
    }
  }
}
