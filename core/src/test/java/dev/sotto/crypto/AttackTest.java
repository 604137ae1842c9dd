package dev.sotto.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who can write to both databases cannot make a value open where it was not sealed. */
class AttackTest extends StoreContract {
  private static final String TEAM = "slack:T1";
  private static final String TEXT = "my secret is 42";

  @Test
  void refusesAValueMovedToAnotherRowColumnOrVersion() {
    Cell home = store.cell(store.vault.person(TEAM, "U1"));
    Ciphertext sealed = store.vault.seal(home, TEXT);

    for (Cell elsewhere : neighbours(store, home)) {
      assertRefused(store, elsewhere, sealed);
    }
    assertThat(store.vault.open(home, sealed)).isEqualTo(TEXT);
  }

  @Test
  void twinThatBindsNothingOpensAMovedValue() {
    try (SealedStore twin = twin(Twins.BINDS_NOTHING)) {
      Cell home = twin.cell(twin.vault.person(TEAM, "U1"));
      Ciphertext sealed = twin.vault.seal(home, TEXT);

      for (Cell elsewhere : neighbours(twin, home)) {
        assertThat(twin.vault.open(elsewhere, sealed)).isEqualTo(TEXT);
      }
    }
  }

  @Test
  void refusesAValueMovedToAnotherPersonConversationOrWorkspace() {
    Cell home = store.cell(store.vault.person(TEAM, "U1"));
    Ciphertext sealed = store.vault.seal(home, TEXT);

    for (Scope other :
        List.of(
            store.vault.person(TEAM, "U2"),
            store.vault.person("slack:T2", "U1"),
            store.vault.conversation(TEAM, home.row()),
            store.vault.data(TEAM))) {
      assertRefused(store, new Cell(home.field(), other, home.row(), home.version()), sealed);
    }
  }

  @Test
  void refusesAValueWithAnyByteFlippedOrCutOff() {
    Cell cell = store.cell(store.vault.person(TEAM, "U1"));
    byte[] sealed = store.vault.seal(cell, TEXT).bytes();

    for (int i = 0; i < sealed.length; i++) {
      byte[] flipped = sealed.clone();
      flipped[i] ^= 1;
      assertRefused(store, cell, new Ciphertext(flipped));
      assertRefused(store, cell, new Ciphertext(Arrays.copyOf(sealed, i)));
    }
    assertRefused(store, cell, new Ciphertext(Arrays.copyOf(sealed, sealed.length + 1)));
  }

  @Test
  void refusesPlaintextThatWasPutIntoTheTable() {
    Cell cell = store.put(store.cell(store.vault.person(TEAM, "U1")), TEXT);
    byte[] marked = Arrays.copyOf(store.body(cell).bytes(), 5 + 64);
    Arrays.fill(marked, 5, marked.length, (byte) 'x');

    for (byte[] forged : List.of("plain words".getBytes(UTF_8), new byte[0], marked)) {
      store.data("update message set body = ? where id = ?", forged, cell.row());
      assertThatThrownBy(() -> store.read(cell)).isInstanceOf(IntegrityException.class);
    }
  }

  @Test
  void twinThatSealsNothingOpensForgedText() {
    try (SealedStore twin = twin(Twins.SEALS_NOTHING)) {
      Cell cell = twin.cell(twin.vault.person(TEAM, "U1"));
      byte[] forged = twin.vault.seal(cell, TEXT).bytes();
      forged[5] ^= 1;

      assertThat(twin.vault.open(cell, new Ciphertext(forged))).isEqualTo("ly secret is 42");
    }
  }

  @Test
  void refusesAKeyMovedToAnotherScope() {
    Cell stolen = moveKey(store);
    restart();

    assertThatThrownBy(() -> store.read(stolen)).isInstanceOf(IntegrityException.class);
  }

  @Test
  void twinThatBindsNothingUsesAMovedKey() {
    try (SealedStore twin = twin(Twins.BINDS_NOTHING)) {
      assertThat(twin.read(moveKey(twin))).isEqualTo(TEXT);
    }
  }

  @Test
  void refusesAScopeGivenToAnotherOwner() {
    swapOwners(store);
    restart();

    Cell cell = store.cell(store.vault.person(TEAM, "U1"));
    assertThatThrownBy(() -> store.vault.seal(cell, TEXT))
        .isInstanceOf(IntegrityException.class)
        .hasMessageContaining("integrity");
  }

  @Test
  void twinThatBindsNothingBelievesASwappedOwner() {
    startAnewAs(Twins.BINDS_NOTHING);
    Scope mine = store.vault.person(TEAM, "U1");
    swapOwners(store);
    restart();

    Cell cell = store.cell(store.vault.person(TEAM, "U1"));
    assertThat(cell.scope()).isNotEqualTo(mine);
    assertThat(store.vault.open(cell, store.vault.seal(cell, TEXT))).isEqualTo(TEXT);
  }

  @Test
  void refusesAWorkspaceKeyOfAnotherWorkspace() {
    Cell cell = store.put(store.cell(store.vault.person(TEAM, "U1")), TEXT);
    store.vault.person("slack:T2", "U1");
    List<Object> wrapped =
        store.query(
            "keys",
            "select v.wrapped from key_version v where scope_id = ?",
            store.vault.workspace("slack:T2"));
    store.keyStore(
        "update key_version set wrapped = ? where scope_id = ?",
        wrapped.getFirst(),
        cell.scope().workspace());
    restart();

    assertThatThrownBy(() -> store.read(cell)).isInstanceOf(IntegrityException.class);
    assertThatThrownBy(() -> store.vault.conversation(TEAM, cell.row()))
        .isInstanceOf(IntegrityException.class);
  }

  @Test
  void saysErasedOfAnErasedScope() {
    Cell cell = store.put(store.cell(store.vault.person(TEAM, "U1")), TEXT);
    erase(cell.scope());
    restart();

    assertThatThrownBy(() -> store.read(cell))
        .isInstanceOf(ErasedException.class)
        .hasMessageContaining(cell.scope().id().toString());
    assertThatThrownBy(() -> store.vault.seal(cell, TEXT)).isInstanceOf(ErasedException.class);
  }

  @Test
  void keepsAKeyInMemoryForAMinuteAndNoLonger() {
    Cell cell = store.put(store.cell(store.vault.person(TEAM, "U1")), TEXT);
    erase(cell.scope());

    store.bean(TestTicker.class).advance(Duration.ofSeconds(50));
    assertThat(store.read(cell)).isEqualTo(TEXT);
    store.bean(TestTicker.class).advance(Duration.ofSeconds(11));
    assertThatThrownBy(() -> store.read(cell)).isInstanceOf(ErasedException.class);
  }

  @Test
  void refusesToDeleteAKeyThatARowNames() {
    Cell cell = store.put(store.cell(store.vault.person(TEAM, "U1")), TEXT);

    assertThatThrownBy(
            () -> store.data("delete from key_version where scope_id = ?", cell.scope().id()))
        .hasRootCauseInstanceOf(SQLException.class);
    assertThat(store.data("delete from message")).isEqualTo(1);
    assertThat(store.data("delete from key_version where scope_id = ?", cell.scope().id()))
        .isEqualTo(1);
  }

  @Test
  void schemaKnowsTheSameMovesAsTheCode() {
    for (KeyState from : KeyState.values()) {
      for (KeyState to : KeyState.values()) {
        boolean accepted = accepts(from, to);
        assertThat(accepted).as("%s to %s", from, to).isEqualTo(from.mayBecome(to));
      }
    }
  }

  private boolean accepts(KeyState from, KeyState to) {
    Scope scope = store.vault.person(TEAM, from + " to " + to);
    String active = to == KeyState.ACTIVE ? "true" : "null";
    String wrapped = to == KeyState.DESTROYED ? "null" : "wrapped";
    try {
      return store.keyStore(
              "update key_version set previous_state = ?, state = ?, active = %s, wrapped = %s where scope_id = ?"
                  .formatted(active, wrapped),
              from.name(),
              to.name(),
              scope.id())
          == 1;
    } catch (IllegalStateException refused) {
      return false;
    }
  }

  private void erase(Scope scope) {
    store.keyStore(
        "update key_version set previous_state = state, state = 'DESTROYED', active = null, wrapped = null where scope_id = ?",
        scope.id());
    store.keyStore("update key_scope set erased_at = created_at where id = ?", scope.id());
  }

  private static List<Cell> neighbours(SealedStore store, Cell home) {
    return List.of(
        new Cell(home.field(), home.scope(), store.vault.newId(), home.version()),
        new Cell(Field.BINDING, home.scope(), home.row(), home.version()),
        new Cell(home.field(), home.scope(), home.row(), home.version() + 1));
  }

  /** Gives the key and the row of one person to another. */
  private static Cell moveKey(SealedStore store) {
    Cell home = store.put(store.cell(store.vault.person(TEAM, "U1")), TEXT);
    Scope thief = store.vault.person(TEAM, "U2");
    int key = store.body(home).keyId();
    Object wrapped =
        store
            .query("keys", "select wrapped from key_version where scope_id = ?", home.scope().id())
            .getFirst();
    store.keyStore(
        "update key_version set key_id = ?, wrapped = ? where scope_id = ?",
        key,
        wrapped,
        thief.id());
    store.data("update key_version set key_id = ? where scope_id = ?", key, thief.id());
    store.data("update message set scope_id = ? where id = ?", thief.id(), home.row());
    return new Cell(home.field(), thief, home.row(), home.version());
  }

  private static void swapOwners(SealedStore store) {
    Scope one = store.vault.person(TEAM, "U1");
    Scope two = store.vault.person(TEAM, "U2");
    String read = "select owner from key_scope where id = ?";
    Object first = store.query("keys", read, one.id()).getFirst();
    Object second = store.query("keys", read, two.id()).getFirst();
    String write = "update key_scope set owner = ? where id = ?";
    store.keyStore(write, new byte[16], one.id());
    store.keyStore(write, first, two.id());
    store.keyStore(write, second, one.id());
  }

  private static void assertRefused(SealedStore store, Cell cell, Ciphertext sealed) {
    assertThatThrownBy(() -> store.vault.open(cell, sealed))
        .isInstanceOf(IntegrityException.class)
        .hasMessageContaining("integrity")
        .hasMessageContaining(cell.field().table())
        .hasMessageContaining(cell.row().toString())
        .hasMessageNotContaining(TEXT);
  }
}
