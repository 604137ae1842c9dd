package dev.sotto.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Whose keys are replaced, what is certified, and what an emergency does. */
class TargetsTest extends StoreContract {
  private static final String ONE = "slack:T1";
  private static final String TWO = "slack:T2";
  private static final Progress SILENT = (done, total) -> {};

  @Test
  void replacesTheKeyOfOneScopeAndNoOther() {
    List<Cell> mine = fill(store.vault.person(ONE, "U1"), 3);
    List<Cell> other = fill(store.vault.person(ONE, "U2"), 3);
    int kept = store.body(other.getFirst()).keyId();

    Rotation rotation =
        store.keys.rotate(new KeyTarget.OneScope(mine.getFirst().scope().id()), SILENT);

    assertThat(rotation).isEqualTo(new Rotation(1, 3, 1, 0, 0));
    assertThat(store.body(other.getFirst()).keyId()).isEqualTo(kept);
    assertReadable(mine);
    assertReadable(other);
  }

  @Test
  void replacesTheKeysOfOneWorkspaceAndLeavesTheOthers() {
    List<Cell> mine = fill(store.vault.person(ONE, "U1"), 2);
    List<Cell> data = fill(store.vault.data(ONE), 2);
    List<Cell> other = fill(store.vault.person(TWO, "U1"), 2);
    int kept = store.body(other.getFirst()).keyId();

    Rotation rotation = store.keys.rotate(new KeyTarget.Workspace(ONE), SILENT);

    assertThat(rotation).isEqualTo(new Rotation(2, 4, 2, 0, 0));
    assertThat(store.body(other.getFirst()).keyId()).isEqualTo(kept);
    assertReadable(mine);
    assertReadable(data);
  }

  @Test
  void replacesTheKeysOfTheInstallationWithAllOthers() {
    List<Cell> own = fill(store.vault.installation(), 2);
    int before = store.body(own.getFirst()).keyId();

    assertThat(store.keys.rotate(new KeyTarget.All(), SILENT).rows()).isEqualTo(2);

    assertThat(store.body(own.getFirst()).keyId()).isNotEqualTo(before);
    assertReadable(own);
  }

  @Test
  void saysSoWhereThereAreNoKeys() {
    assertThatThrownBy(() -> store.keys.rotate(new KeyTarget.Workspace("slack:T9"), SILENT))
        .isInstanceOf(NoSuchKeysException.class)
        .hasMessageNotContaining("T9");
    assertThatThrownBy(() -> store.keys.plan(new KeyTarget.OneScope(store.vault.newId())))
        .isInstanceOf(NoSuchKeysException.class);
    assertThat(store.keys.status().scopes().get(Scope.Kind.PERSON)).isZero();
  }

  @Test
  void wrapsAllKeysOfAWorkspaceAgainAndDestroysTheOldOne() {
    List<Cell> cells = fill(store.vault.person(ONE, "U1"), 3);
    fill(store.vault.person(TWO, "U1"), 1);
    Fingerprint found = store.vault.fingerprint(ONE, Domain.EVENT, "e1");
    Set<Object> before = wrappers();

    Rotation rotation = store.keys.rotate(new KeyTarget.WorkspaceKeys(), SILENT);

    // Two workspaces and the installation's own; the keys of two persons and three indexes.
    assertThat(rotation).isEqualTo(new Rotation(3, 5, 3, 0, 0));
    assertThat(wrappers()).hasSize(3).doesNotContainAnyElementsOf(before);
    restart();
    assertReadable(cells);
    assertThat(store.vault.fingerprint(ONE, Domain.EVENT, "e1")).isEqualTo(found);
    assertThat(store.read(fill(store.vault.person(ONE, "U3"), 1).getFirst())).isNotEmpty();
    assertThat(deeds(KeyDeed.Act.DESTROYED)).hasSize(3).allMatch(it -> it.contains("WORKSPACE"));
  }

  @Test
  void goesOnReadingInAProcessThatHasTheOldWrapper() {
    assumeTrue(shared());
    List<Cell> cells = fill(store.vault.person(ONE, "U1"), 3);
    List<Cell> cold = fill(store.vault.person(ONE, "U2"), 3);
    try (SealedStore replica = second()) {
      cells.forEach(replica::read);

      store.keys.rotate(new KeyTarget.WorkspaceKeys(), SILENT);
      store.keys.rotate(new KeyTarget.All(), SILENT);

      for (Cell cell : cold) {
        assertThat(replica.read(cell)).isEqualTo(text(cell));
      }
      for (Cell cell : cells) {
        assertThat(replica.read(cell)).isEqualTo(text(cell));
      }
    }
  }

  @Test
  void certifiesEachDestroyedKeyWithItsRows() {
    List<Cell> cells = fill(store.vault.person(ONE, "U1"), 7);
    int old = store.body(cells.getFirst()).keyId();

    store.keys.rotate(SILENT);

    KeyDeed deed =
        new KeyDeed(
            KeyDeed.Act.DESTROYED, cells.getFirst().scope().id(), Scope.Kind.PERSON, old, 7);
    assertThat(deeds(KeyDeed.Act.DESTROYED)).containsExactly(deed.toString());
    assertThat(deeds(KeyDeed.Act.REPLACED)).hasSize(1);
  }

  @Test
  void leavesATombstoneInBothDatabases() {
    List<Cell> cells = fill(store.vault.person(ONE, "U1"), 1);
    int old = store.body(cells.getFirst()).keyId();

    store.keys.rotate(SILENT);

    assertThat(store.count("default", "select count(*) from destroyed_key where key_id = ?", old))
        .isEqualTo(1);
    assertThat(
            store.count(
                "keys",
                "select count(*) from key_version where key_id = ? and state = 'DESTROYED' and wrapped is null",
                old))
        .isEqualTo(1);
    assertThat(store.keys.status().versions().get(KeyState.DESTROYED)).isEqualTo(1);
  }

  @Test
  void doesNotDestroyAKeyThatARowHidesBehindAnotherName() {
    List<Cell> cells = fill(store.vault.person(ONE, "U1"), 3);
    store.keys.rotate(SILENT);
    Cell hidden = cells.getFirst();
    int old = store.body(hidden).keyId();
    AtomicBoolean done = new AtomicBoolean();

    Rotation rotation =
        store.keys.rotate((rows, total) -> {
          if (done.compareAndSet(false, true)) {
            Ciphertext body = sealedUnder(old, hidden);
            store.data(
                "update message set body = ?, key_id = (select key_id from key_version where state = 'ACTIVE' and scope_id = ?) where id = ?",
                body.bytes(),
                hidden.scope().id(),
                hidden.row());
          }
        });

    assertThat(rotation.destroyed()).isEqualTo(1);
    assertReadable(cells);
    assertThat(store.body(hidden).keyId()).isNotEqualTo(old);
  }

  @Test
  void tellsHowFarItIsToAnyProcess() {
    fill(store.vault.person(ONE, "U1"), 1_050);
    AtomicReference<Optional<KeyProgress>> seen = new AtomicReference<>();

    store.keys.rotate((done, total) -> {
      if (done == 1_000) {
        seen.set(store.keys.progress());
      }
    });

    KeyProgress progress = seen.get().orElseThrow();
    assertThat(progress.what()).isEqualTo("all");
    assertThat(progress.done()).isBetween(200L, 1_000L);
    assertThat(progress.total()).isEqualTo(1_050);
    assertThat(store.keys.progress()).isEmpty();
  }

  @Test
  void remembersWhoseKeysACutOffRotationWasAbout() {
    List<Cell> mine = fill(store.vault.person(ONE, "U1"), 450);
    List<Cell> other = fill(store.vault.person(TWO, "U1"), 1);
    int kept = store.body(other.getFirst()).keyId();
    assertThatThrownBy(
            () -> store.keys.rotate(new KeyTarget.Workspace(ONE), (done, total) -> cutOff()))
        .hasMessage("cut off");
    restart();
    assertThat(store.keys.progress().orElseThrow().what()).startsWith("workspace ");

    Rotation rest = store.keys.retire(SILENT);

    assertThat(rest.destroyed()).isEqualTo(1);
    assertThat(store.keys.status().rotating()).isFalse();
    assertThat(store.body(other.getFirst()).keyId()).isEqualTo(kept);
    assertReadable(mine);
  }

  @Test
  void emergencyReplacesAWorkspacesKeysAndTheOneThatWrapsThem() {
    List<Cell> mine = fill(store.vault.person(ONE, "U1"), 3);
    List<Cell> other = fill(store.vault.person(TWO, "U1"), 1);
    int kept = store.body(other.getFirst()).keyId();

    Rotation rotation = store.keys.emergency(new KeyTarget.Workspace(ONE), SILENT);

    assertThat(rotation.destroyed()).isEqualTo(2);
    assertThat(rotation.waiting()).isZero();
    assertThat(deeds(KeyDeed.Act.COMPROMISED)).hasSize(2);
    assertThat(
            store.query("keys", "select previous_state from key_version where state = 'DESTROYED'"))
        .containsOnly("COMPROMISED");
    assertThat(store.body(other.getFirst()).keyId()).isEqualTo(kept);
    restart();
    assertReadable(mine);
  }

  @Test
  void plansAnEmergencyAndChangesNothing() {
    fill(store.vault.person(ONE, "U1"), 5);
    fill(store.vault.person(TWO, "U1"), 4);
    String before = everything();

    EmergencyPlan all = store.keys.plan(new KeyTarget.All());
    EmergencyPlan one = store.keys.plan(new KeyTarget.Workspace(ONE));

    assertThat(everything()).isEqualTo(before);
    assertThat(all.rows()).containsEntry("message", 9L);
    assertThat(all.keys()).isEqualTo(5);
    assertThat(all.estimated()).isPositive();
    assertThat(one.rows()).containsEntry("message", 5L);
    assertThat(one.keys()).isEqualTo(2);
  }

  @Test
  void plansAnEmergencyOfTheIndexKeyWhereNothingIsSealedYet() {
    store.vault.person(ONE, "U1");

    EmergencyPlan plan = store.keys.plan(new KeyTarget.IndexKey());

    assertThat(plan.rows()).containsOnlyKeys("key_scope, indexes");
    assertThat(plan.estimated()).isPositive();
  }

  @Test
  void listsAllKeysByKindAndState() {
    fill(store.vault.person(ONE, "U1"), 5);
    store.keys.rotate(SILENT);

    List<KeyLine> lines = store.keys.inventory();

    assertThat(lines).extracting(KeyLine::kind).contains("root", "workspace", "index", "person");
    KeyLine person =
        lines.stream()
            .filter(line -> line.kind().equals("person") && line.state() == KeyState.ACTIVE)
            .findFirst()
            .orElseThrow();
    assertThat(person.count()).isEqualTo(1);
    assertThat(person.rows()).isEqualTo(5);
    assertThat(person.algorithm()).isEqualTo("XAES-256-GCM");
  }

  @Test
  void twoRotationsAtOnceDoNoHarm() throws Exception {
    List<Cell> cells = fill(store.vault.person(ONE, "U1"), 900);
    try (SealedStore replica = shared() ? second() : null;
        ExecutorService threads = Executors.newFixedThreadPool(2)) {
      Keys other = replica == null ? store.keys : replica.keys;
      Future<Rotation> one = threads.submit(() -> store.keys.rotate(SILENT));
      Future<Rotation> two = threads.submit(() -> other.rotate(SILENT));
      one.get();
      two.get();
    }

    store.keys.retire(SILENT);

    assertThat(store.keys.status().pending()).isZero();
    assertThat(store.keys.status().versions().get(KeyState.DECRYPT_ONLY)).isZero();
    List<String> keys = deeds(KeyDeed.Act.DESTROYED);
    assertThat(keys.stream().map(it -> it.replaceAll(".*(key=-?\\d+).*", "$1")).collect(toSet()))
        .hasSameSizeAs(keys);
    assertReadable(cells);
  }

  /** All that both databases hold. */
  String everything() {
    return store.dump("default") + store.dump("keys");
  }

  /** Whether two processes may share the databases. */
  boolean shared() {
    return false;
  }

  private static void cutOff() {
    throw new IllegalStateException("cut off");
  }

  private Ciphertext sealedUnder(int key, Cell cell) {
    try {
      byte[] place = store.bean(Binding.class).ofValue(store.bean(Installation.class).id(), cell);
      byte[] text = Padding.pad(text(cell).getBytes(UTF_8));
      return new Ciphertext(
          store.bean(Keyring.class).key(cell.scope().id(), key).encrypt(text, place));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private List<Cell> fill(Scope scope, int rows) {
    return IntStream.range(0, rows)
        .mapToObj(_ -> store.cell(scope))
        .map(cell -> store.put(cell, text(cell)))
        .toList();
  }

  private void assertReadable(List<Cell> cells) {
    cells.forEach(cell -> assertThat(store.read(cell)).isEqualTo(text(cell)));
  }

  private static String text(Cell cell) {
    return "text of " + cell.row();
  }

  private Set<Object> wrappers() {
    return Set.copyOf(
        store.query(
            "keys", "select distinct parent_key_id from key_version where parent_id is not null"));
  }

  private List<String> deeds(KeyDeed.Act act) {
    return FileLedger.deeds(ledger()).stream().filter(it -> it.contains("act=" + act)).toList();
  }
}
