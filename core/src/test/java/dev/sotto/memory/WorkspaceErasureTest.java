package dev.sotto.memory;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sotto.StoredContract;
import dev.sotto.crypto.Cell;
import dev.sotto.crypto.Ciphertext;
import dev.sotto.crypto.ErasedException;
import dev.sotto.crypto.Field;
import dev.sotto.crypto.Receipt;
import dev.sotto.crypto.Scope;
import dev.sotto.crypto.Stored;
import dev.sotto.crypto.Vault;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * A whole workspace is erased: of every table of the registry, with rows of every kind of scope.
 */
class WorkspaceErasureTest extends StoredContract {
  private static final Instant NOON = Instant.parse("2126-05-04T12:00:00.123456Z");

  /** All but those of the operator. */
  private static final Set<Field> OF_A_WORKSPACE =
      EnumSet.complementOf(EnumSet.of(Field.AUDIT, Field.AUDIT_STATE));

  @Test
  void erasesAWorkspaceWithAllItsKeysAndTablesAndNoOther() {
    List<Cell> cells = new ArrayList<>();
    for (Field field : OF_A_WORKSPACE) {
      cells.add(put(field, ACME.key(), "ours"));
      cells.add(put(field, ACME.key(), "ours"));
    }
    Cell other = put(Field.BINDING, "slack:T2", "theirs");
    long versions =
        count(
            "keys",
            "select count(*) from key_version v join key_scope s on s.id = v.scope_id"
                + " where s.parent_id = ? or s.id = ?",
            vault().workspace(ACME.key()),
            vault().workspace(ACME.key()));

    Receipt receipt = bean(Erasure.class).workspace(ACME.key(), (_, _) -> {}).orElseThrow();

    assertThat(receipt.json()).contains("\"kind\":\"workspace\"", "\"keys\":" + versions);
    for (Field field : OF_A_WORKSPACE) {
      assertThat(
              count(
                  "default",
                  "select count(*) from " + field.table() + " where scope_id is not null"))
          .as(field.name())
          .isEqualTo(field == Field.BINDING ? 1 : 0);
    }
    for (Cell cell : cells) {
      assertThatThrownBy(() -> vault().seal(cell, "more")).isInstanceOf(ErasedException.class);
    }
    assertThat(open(other)).isEqualTo("theirs");
    assertThat(bean(Erasure.class).workspace(ACME.key(), (_, _) -> {})).isEmpty();
    assertThat(open(put(Field.MESSAGE, ACME.key(), "anew"))).isEqualTo("anew");
  }

  /** Stores a text in a table, with the rows that it needs. */
  private Cell put(Field field, String workspace, String text) {
    Scope scope =
        switch (field) {
          case INBOX_EVENT, MESSAGE -> vault().person(workspace, "U1");
          case PLACE, BINDING, HEAD -> vault().data(workspace);
          case SUMMARY -> vault().conversation(workspace, vault().newId());
          case AUDIT, AUDIT_STATE -> vault().installation();
        };
    Cell cell = new Cell(field, scope, vault().newId(), 1);
    String more =
        switch (field) {
          case INBOX_EVENT -> ", place_id, lane_id, event, state, at";
          case PLACE -> ", fingerprint, platform";
          case MESSAGE -> ", conversation_id, seq, role, said_at, expires_at";
          case BINDING, HEAD -> ", fingerprint";
          case SUMMARY -> ", conversation_id, reaches_seq, oldest_at, expires_at";
          case AUDIT, AUDIT_STATE -> throw new IllegalArgumentException("no workspace's");
        };
    insert(field.table(), more, cell, text);
    return cell;
  }

  private void insert(String table, String more, Cell cell, String text) {
    Ciphertext body = vault().seal(cell, text);
    List<Object> values = new ArrayList<>(List.of(cell.row(), cell.scope().id()));
    values.addAll(List.of(body.keyId(), Stored.bytes(body)));
    for (String column : more.substring(2).split(", ", -1)) {
      values.add(
          switch (column) {
            case "place_id" -> put(Field.PLACE, ACME.key(), "a place").row();
            case "conversation_id" -> newConversation();
            case "lane_id" -> vault().newId();
            case "event", "fingerprint" -> anything();
            case "state" -> "RECEIVED";
            case "platform" -> "SLACK";
            case "role" -> "PERSON";
            case "seq", "reaches_seq" -> 1L;
            default -> Timestamp.from(NOON);
          });
    }
    update(
        "default",
        "insert into %s (id, scope_id, key_id, body, row_version%s) values (?, ?, ?, ?, 1%s)"
            .formatted(table, more, ", ?".repeat(values.size() - 4)),
        values.toArray());
  }

  private UUID newConversation() {
    UUID id = vault().newId();
    update(
        "default",
        "insert into conversation (id, fingerprint, first_seq, next_seq) values (?, ?, 0, 2)",
        id,
        anything());
    return id;
  }

  private byte[] anything() {
    return Arrays.copyOf(vault().newId().toString().substring(20).getBytes(US_ASCII), 16);
  }

  private String open(Cell cell) {
    List<Object> row =
        query("default", "select body from " + cell.field().table() + " where id = ?", cell.row())
            .getFirst();
    return vault().open(cell, Stored.value((byte[]) row.getFirst()));
  }

  private Vault vault() {
    return bean(Vault.class);
  }
}
