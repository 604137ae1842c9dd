package dev.sotto.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sotto.StoredContract;
import dev.sotto.chat.Person;
import dev.sotto.crypto.Anchors;
import dev.sotto.crypto.Cell;
import dev.sotto.crypto.Ciphertext;
import dev.sotto.crypto.ErasedException;
import dev.sotto.crypto.Field;
import dev.sotto.crypto.Stored;
import dev.sotto.crypto.Vault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of older data are put back after an erasure, without and with those of the keys. */
class RestoredDataTest extends StoredContract {
  private static final Instant NOON = Instant.parse("2126-05-04T12:00:00.123456Z");
  private static final Duration LONG = Duration.ofDays(3_650);
  private static final ConversationKey HALL =
      new ConversationKey(ACME.key(), List.of("desk", "channel", "hall"));

  @TempDir private Path backup;

  @Test
  void showsNothingOfTheErasedWithTheKeysOfToday() throws Exception {
    List<UUID> scopes = eraseAndRestore("default");
    bean(Anchors.class).accept();

    assertThat(rowsOf(scopes.getFirst())).hasSize(2).allSatisfy(this::isErased);
    assertThat(rowsOf(scopes.getLast()))
        .hasSize(2)
        .extracting(this::open)
        .containsExactly("q", "a");
    assertThat(recalled()).containsExactly("q", "a");
    assertThat(bean(Memory.class).recallOf(ADA, 10).said()).isEmpty();
    assertThat(bean(Memory.class).recallOf(TOM, 10).said()).hasSize(2);

    bean(Erasure.class).resume((_, _) -> {});

    assertThat(rowsOf(scopes.getFirst())).isEmpty();
    assertThat(recalled()).containsExactly("q", "a");
  }

  @Test
  void twinWithTheKeysOfThenShowsAll() throws Exception {
    List<UUID> scopes = eraseAndRestore("default", "keys");

    assertThat(rowsOf(scopes.getFirst()))
        .hasSize(2)
        .extracting(this::open)
        .containsExactly("q", "a");
    assertThat(recalled()).containsExactly("q", "a", "q", "a");
  }

  /** The scopes of the erased and of another. */
  private List<UUID> eraseAndRestore(String... databases) throws Exception {
    remember(ADA, 1);
    remember(TOM, 2);
    List<UUID> scopes =
        List.of(bean(Memory.class).scope(ADA).id(), bean(Memory.class).scope(TOM).id());
    whileClosed(() -> copy(data(), backup, databases));
    bean(Erasure.class).person(ADA, (_, _) -> {});
    assertThat(rowsOf(scopes.getFirst())).isEmpty();
    whileClosed(() -> copy(backup, data(), databases));
    return scopes;
  }

  private static Path copy(Path from, Path to, String... databases) throws IOException {
    for (String database : databases) {
      String name = database + ".mv.db";
      Files.copy(from.resolve(name), to.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }
    return to;
  }

  private Path data() {
    return Path.of(String.valueOf(properties().get("sotto.data-directory")));
  }

  /** A row as it lies in the table. */
  private record Row(Cell cell, Ciphertext body) {}

  private List<Row> rowsOf(UUID scope) {
    Vault vault = bean(Vault.class);
    return query("default", "select id, body from message where scope_id = ? order by seq", scope)
        .stream()
        .map(it ->
            new Row(
                new Cell(Field.MESSAGE, vault.scope(scope), (UUID) it.get(0), 1),
                Stored.value((byte[]) it.get(1))))
        .toList();
  }

  private String open(Row row) {
    return bean(Vault.class).open(row.cell(), row.body());
  }

  private void isErased(Row row) {
    assertThatThrownBy(() -> open(row)).isInstanceOf(ErasedException.class);
  }

  private List<String> recalled() {
    Recollection recollection = bean(Memory.class).recall(HALL, 10, LONG);
    assertThat(recollection.damaged()).isZero();
    return recollection.said().stream().map(Recollection.Said::text).toList();
  }

  private void remember(Person person, int turn) {
    Memory memory = bean(Memory.class);
    Instant at = NOON.plusSeconds(turn);
    memory.remember(
        new Exchange(HALL, person, "m" + turn, at, "q", "a", false, LONG), memory.scope(person));
  }
}
