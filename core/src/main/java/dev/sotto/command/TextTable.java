package dev.sotto.command;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Columns in a block of code: chats have no tables of their own. Numbers stand to the right. */
final class TextTable {
  private final List<List<String>> rows = new ArrayList<>();

  TextTable(String... titles) {
    add(titles);
  }

  void add(String... values) {
    rows.add(List.of(values));
  }

  @Override
  public String toString() {
    return rows.stream().map(this::line).collect(Collectors.joining("\n", "```\n", "\n```\n"));
  }

  private String line(List<String> row) {
    return IntStream.range(0, row.size())
        .mapToObj(column -> cell(row.get(column), column))
        .collect(Collectors.joining("  "))
        .stripTrailing();
  }

  private String cell(String value, int column) {
    int width = rows.stream().mapToInt(it -> it.get(column).length()).max().orElse(0);
    String space = " ".repeat(width - value.length());
    boolean number = rows.getLast().get(column).matches("[\\d,]+");
    return number ? space + value : value + space;
  }
}
