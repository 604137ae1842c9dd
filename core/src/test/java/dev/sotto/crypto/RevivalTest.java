package dev.sotto.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A destroyed key that is put back, with all that it sealed, opens nothing. */
class RevivalTest extends StoreContract {
  private static final String TEXT = "my secret is 42";

  /** A stolen row and its stolen key, as they were before the rotation. */
  private record Loot(Cell cell, Ciphertext body, Object wrapped, Object parent) {
    int key() {
      return body.keyId();
    }

    UUID scope() {
      return cell.scope().id();
    }
  }

  @Test
  void refusesADestroyedKeyPutBackIntoTheKeyStore() {
    Loot loot = steal();
    putBackKey(loot);
    putBackRow(loot);
    restart();

    assertRefused(loot);
  }

  @Test
  void refusesARowPutBackWithItsShadow() {
    Loot loot = steal();
    store.data("delete from destroyed_key");
    putBackRow(loot);
    restart();

    assertRefused(loot);
  }

  @Test
  void twinThatLooksAtNoTombstoneOpensIt() {
    Loot loot = steal();
    putBackKey(loot);
    putBackRow(loot);
    restartAs(Twins.FORGETS_TOMBSTONES);

    assertThat(store.read(loot.cell())).isEqualTo(TEXT);
  }

  @Test
  void doesNotPutARevivedKeyToUse() {
    Loot loot = steal();
    putBackKey(loot);
    restart();

    store.keys.rotate((done, total) -> {});

    assertThat(store.query("keys", "select state from key_version where key_id = ?", loot.key()))
        .containsExactly("DESTROYED");
  }

  private void assertRefused(Loot loot) {
    assertThatThrownBy(() -> store.read(loot.cell()))
        .isInstanceOf(IntegrityException.class)
        .hasMessageContaining("integrity")
        .hasMessageNotContaining(TEXT);
  }

  private Loot steal() {
    Cell cell = store.put(store.cell(store.vault.person("slack:T1", "U1")), TEXT);
    Ciphertext body = store.body(cell);
    Object wrapped = ofKey("wrapped", cell.scope().id(), body.keyId());
    Object parent = ofKey("parent_key_id", cell.scope().id(), body.keyId());
    store.keys.rotate((done, total) -> {});
    return new Loot(cell, body, wrapped, parent);
  }

  private Object ofKey(String column, UUID scope, int key) {
    return store
        .query(
            "keys",
            "select " + column + " from key_version where scope_id = ? and key_id = ?",
            scope,
            key)
        .getFirst();
  }

  private void putBackKey(Loot loot) {
    store.keyStore(
        """
        update key_version set previous_state = 'ACTIVE', state = 'DECRYPT_ONLY', wrapped = ?,
          parent_id = ?, parent_key_id = ? where scope_id = ? and key_id = ?
        """,
        loot.wrapped(),
        loot.cell().scope().workspace(),
        loot.parent(),
        loot.scope(),
        loot.key());
  }

  private void putBackRow(Loot loot) {
    store.data(
        "insert into key_version (scope_id, key_id, state) values (?, ?, 'DECRYPT_ONLY')",
        loot.scope(),
        loot.key());
    store.data(
        "update message set body = ?, key_id = ? where id = ?",
        loot.body().bytes(),
        loot.key(),
        loot.cell().row());
  }
}
