package dev.sotto.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RotationTest extends StoreContract {
  private static final String TEAM = "slack:T1";
  private static final Progress SILENT = (done, total) -> {};

  private final AtomicLong refused = new AtomicLong();

  @Test
  void sealsEveryRowAnewAndDestroysTheOldKeys() {
    List<Cell> cells = fill(450);
    Ciphertext stolen = store.body(cells.getFirst());
    List<Object> before = keyIds();
    AtomicLong last = new AtomicLong();

    Rotation rotation =
        store.keys.rotate((done, total) -> {
          assertThat(done).isBetween(last.get(), total);
          last.set(done);
        });

    assertThat(rotation).isEqualTo(new Rotation(4, 450, 4, 0, 0));
    assertThat(last).hasValue(450);
    assertThat(keyIds()).hasSize(4).doesNotContainAnyElementsOf(before);
    assertThat(store.keys.status().pending()).isZero();
    assertThat(store.keys.status().rotating()).isFalse();
    assertThatThrownBy(() -> store.vault.open(cells.getFirst(), stolen))
        .isInstanceOf(IntegrityException.class);
    restart();
    for (Cell cell : cells) {
      assertThat(store.read(cell)).isEqualTo("text of " + cell.row());
    }
  }

  /** Who is interrupted cannot rest, and says so. */
  @Test
  void restsAfterWorkUnlessItIsAnEmergency() {
    Runs runs = store.bean(Runs.class);
    Meter gentle = runs.meter(runs.open(Aim.ALL, false), SILENT);
    Meter urgent = runs.meter(runs.open(Aim.ALL, true), SILENT);

    Thread.currentThread().interrupt();
    assertThat(urgent.batch(() -> 1)).isEqualTo(1);
    urgent.rest();
    assertThatThrownBy(() -> gentle.batch(() -> 1)).isInstanceOf(CancellationException.class);
    assertThatThrownBy(gentle::rest).isInstanceOf(CancellationException.class);

    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void losesNothingWhileOthersWrite() throws Exception {
    List<Cell> cells = fill(300);
    Map<UUID, String> expected = new ConcurrentHashMap<>();
    cells.forEach(cell -> expected.put(cell.row(), "text of " + cell.row()));
    AtomicBoolean stop = new AtomicBoolean();

    try (ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        List<Cell> mine = cells.subList(i * 75, (i + 1) * 75);
        running.add(writers.submit(() -> writeUntil(stop, mine, expected)));
      }
      Rotation one = store.keys.rotate(SILENT);
      Rotation two = store.keys.rotate(SILENT);
      stop.set(true);
      for (Future<?> writer : running) {
        writer.get();
      }
      assertThat(List.of(one.waiting(), two.waiting(), one.destroyed(), two.destroyed()))
          .isEqualTo(List.of(0, 0, 4, 4));
    }

    assertThat(refused).as("writes more than the grace after sealing").hasValue(0);
    assertThat(store.keys.status().pending()).isZero();
    assertThat(keyIds()).hasSize(4);
    for (Cell cell : cells) {
      assertThat(store.read(now(cell))).isEqualTo(expected.get(cell.row()));
    }
  }

  @Test
  void exchangesARowOnlyWhileItHoldsWhatWasRead() {
    SealedRows rows = store.bean(SealedRows.class);
    Cell cell = fill(1).getFirst();
    Ciphertext read = store.body(cell);
    SealedRows.Change change =
        new SealedRows.Change(cell.row(), read, store.vault.seal(cell, "old words"));
    write(cell, "new words");

    assertThat(rows.replace(cell.field(), List.of(change))).isZero();
    assertThat(store.read(now(cell))).isEqualTo("new words");

    String careless = "update message set body = ?, key_id = ? where id = ?";
    store.data(careless, change.after().bytes(), change.after().keyId(), cell.row());
    assertThatThrownBy(() -> store.read(now(cell))).isInstanceOf(IntegrityException.class);
  }

  @Test
  void goesOnWhereItWasCutOff() {
    fill(450);

    assertThatThrownBy(() ->
            store.keys.rotate((done, total) -> {
              throw new IllegalStateException("cut off");
            }))
        .hasMessage("cut off");
    assertThat(store.keys.status().rotating()).isTrue();
    assertThat(store.keys.status().pending()).isPositive();
    restart();
    Rotation rest = store.keys.rotate(SILENT);

    assertThat(rest.scopes()).isZero();
    assertThat(rest.destroyed()).isEqualTo(4);
    assertThat(rest.rows()).isBetween(1L, 449L);
    assertThat(store.keys.status().pending()).isZero();
    assertThat(store.keys.status().rotating()).isFalse();
  }

  @Test
  void takesUpAKeyThatWasKeptButNotYetUsed() {
    Scope person = store.vault.person(TEAM, "U1");
    ScopeRow row = store.bean(ScopeRows.class).findById(person.id()).orElseThrow();
    VersionRow begun = store.bean(Keyring.class).make(row);
    store.bean(VersionRows.class).add(begun);
    restart();

    store.keys.rotate(SILENT);

    assertThat(keyIds()).containsExactly(begun.keyId());
  }

  @Test
  void leavesARowThatDoesNotVerifyAndKeepsItsKey() {
    List<Cell> cells = fill(8);
    Cell bad = cells.getFirst();
    byte[] flipped = store.body(bad).bytes().clone();
    flipped[30] ^= 1;
    store.data("update message set body = ? where id = ?", flipped, bad.row());

    Rotation rotation = store.keys.rotate(SILENT);

    assertThat(rotation).isEqualTo(new Rotation(4, 7, 3, 1, 1));
    assertThat(store.body(bad)).isEqualTo(new Ciphertext(flipped));
    assertThat(store.keys.status().pending()).isEqualTo(1);
    for (Cell cell : cells.subList(1, 8)) {
      assertThat(store.read(cell)).isEqualTo("text of " + cell.row());
    }
  }

  /** Rows in two tables, of two persons, a conversation and a workspace. */
  private List<Cell> fill(int rows) {
    List<Scope> scopes =
        List.of(
            store.vault.person(TEAM, "U1"),
            store.vault.person(TEAM, "U2"),
            store.vault.conversation(TEAM, store.vault.newId()),
            store.vault.data(TEAM));
    List<Cell> cells = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      Field field = i % 8 == 7 ? Field.BINDING : Field.MESSAGE;
      Cell cell = new Cell(field, scopes.get(i % 4), store.vault.newId(), 1);
      cells.add(store.put(cell, "text of " + cell.row()));
    }
    return cells;
  }

  private void writeUntil(AtomicBoolean stop, List<Cell> cells, Map<UUID, String> expected) {
    for (int i = 0; !stop.get(); i++) {
      Cell cell = cells.get(i % cells.size());
      String text = "change " + i + " of " + cell.row();
      try {
        write(now(cell), text);
        expected.put(cell.row(), text);
      } catch (IllegalStateException keyWasDestroyedMeanwhile) {
        refused.incrementAndGet();
      }
    }
  }

  private void write(Cell cell, String text) {
    Cell next = new Cell(cell.field(), cell.scope(), cell.row(), cell.version() + 1);
    Ciphertext sealed = store.vault.seal(next, text);
    store.data(
        "update %s set body = ?, key_id = ?, row_version = ? where id = ?"
            .formatted(cell.field().table()),
        sealed.bytes(),
        sealed.keyId(),
        next.version(),
        cell.row());
  }

  /** The cell as its row stands now. */
  private Cell now(Cell cell) {
    String sql = "select row_version from " + cell.field().table() + " where id = ?";
    int version = (int) store.count("default", sql, cell.row());
    return new Cell(cell.field(), cell.scope(), cell.row(), version);
  }

  /** Of the keys that seal rows, as both databases know them. */
  private List<Object> keyIds() {
    List<Object> known = store.query("default", "select key_id from key_version order by key_id");
    assertThat(
            store.query(
                "keys",
                "select key_id from key_version v join key_scope s on s.id = v.scope_id where s.kind not in ('WORKSPACE', 'INDEX') and v.state <> 'DESTROYED' order by key_id"))
        .isEqualTo(known);
    return known;
  }
}
