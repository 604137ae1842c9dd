package dev.sotto.crypto;

import java.util.Arrays;
import java.util.OptionalInt;

/**
 * The registry of columns that hold blind indexes: what a new index key is brought to. A column
 * that is not listed would keep its old form for ever; a test holds the list to the schema.
 */
public enum IndexColumn {
  PLACE("place", "fingerprint"),
  EVENT("inbox_event", "event"),
  EVENT_MESSAGE("inbox_event", "message"),
  CONVERSATION("conversation", "fingerprint"),
  MESSAGE_SOURCE("message", "source"),
  CHOICE("binding", "fingerprint"),
  USED("used", "fingerprint"),
  AUDIT_ONCE("audit_entry", "once"),
  SCOPE_OWNER("key_scope", "owner"),
  ANCHOR_SUBJECT("anchor", "subject"),
  ANCHOR_PROOF("anchor", "proof");

  private final String table;
  private final String column;

  IndexColumn(String table, String column) {
    this.table = table;
    this.column = column;
  }

  /** Whether a column holds blind indexes. */
  public static boolean isOne(String table, String column) {
    return Arrays.stream(values())
        .anyMatch(it -> it.table.equals(table) && it.column.equals(column));
  }

  /** The key under which something stands in such a column; empty where it is under none. */
  public static OptionalInt keyId(byte[] stored) {
    return new BlindIndex(stored).keyId();
  }

  String table() {
    return table;
  }

  String column() {
    return column;
  }

  /** Whether its table is in the key store. */
  boolean ofKeys() {
    return switch (this) {
      case SCOPE_OWNER, ANCHOR_SUBJECT, ANCHOR_PROOF -> true;
      case PLACE, EVENT, EVENT_MESSAGE, CONVERSATION, MESSAGE_SOURCE, CHOICE, USED, AUDIT_ONCE ->
          false;
    };
  }

  /** What its rows are known by. */
  String id() {
    return table.equals("anchor") ? "subject" : "id";
  }

  /** Which values are indexes: erased scopes have their own id for an owner. */
  String condition() {
    return this == SCOPE_OWNER
        ? "kind in ('WORKSPACE', 'PERSON', 'CONVERSATION') and erased_at is null"
        : column + " is not null";
  }
}
