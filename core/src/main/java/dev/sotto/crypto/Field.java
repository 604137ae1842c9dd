package dev.sotto.crypto;

/**
 * The registry of sealed columns: what rotation, erasure, export and the leak scan walk. A column
 * that is not listed cannot be sealed. The ids are bound into every value and never change, so
 * tables and columns may be renamed.
 */
public enum Field {
  INBOX_EVENT(1, "inbox_event"),
  PLACE(2, "place"),
  MESSAGE(3, "message"),
  BINDING(5, "binding"),
  SUMMARY(6, "summary"),
  AUDIT(7, "audit_entry"),
  HEAD(8, "conversation"),
  AUDIT_STATE(9, "audit_state");

  private final short tableId;
  private final short columnId;
  private final String table;
  private final String column;

  Field(int tableId, String table) {
    this.tableId = (short) tableId;
    this.columnId = 1;
    this.table = table;
    this.column = "body";
  }

  public short tableId() {
    return tableId;
  }

  public short columnId() {
    return columnId;
  }

  public String table() {
    return table;
  }

  public String column() {
    return column;
  }
}
