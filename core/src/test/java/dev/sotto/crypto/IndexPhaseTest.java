package dev.sotto.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.context.ApplicationContext;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What one process makes of a change of the index key, step by step. */
class IndexPhaseTest extends StoreContract {
  private static final String TEAM = "slack:T1";

  @Test
  void looksForTwoFormsOnlyWhileTheKeyChanges() {
    Fingerprint person = store.vault.fingerprint(TEAM, Domain.PERSON, "U1");
    List<BlindIndex> plain = forms(person);
    assertThat(plain).hasSize(1);

    int key = IndexSteps.begin(beans());
    assertThat(forms(person)).hasSize(2).startsWith(plain.getFirst());
    assertThat(reserved(person)).isPresent();

    IndexSteps.activate(beans(), key);
    assertThat(forms(person)).hasSize(2).endsWith(plain.getFirst());
    assertThat(reserved(person)).contains(forms(person).getFirst());

    store.keys.rotate(new KeyTarget.IndexKey(), (_, _) -> {});
    assertThat(forms(person)).hasSize(1).isNotEqualTo(plain);
    assertThat(reserved(person)).isEmpty();
  }

  @Test
  void tellsHowManyIndexesAreUnderWhichKey() {
    store.vault.person(TEAM, "U1");
    store.keys.rotate(new KeyTarget.IndexKey(), (_, _) -> {});
    long all = indexesUnder(KeyState.ACTIVE);
    assertThat(all).isPositive();
    assertThat(store.keys.status().pending()).isZero();

    IndexSteps.activate(beans(), IndexSteps.begin(beans()));
    assertThat(indexesUnder(KeyState.ACTIVE)).isZero();
    assertThat(indexesUnder(KeyState.DECRYPT_ONLY)).isEqualTo(all);
    assertThat(store.keys.status().pending()).isEqualTo(all);

    store.keys.retire((_, _) -> {});
    assertThat(indexesUnder(KeyState.ACTIVE)).isEqualTo(all);
    assertThat(store.keys.status().pending()).isZero();
  }

  private long indexesUnder(KeyState state) {
    return store.keys.inventory().stream()
        .filter(it -> it.kind().equals("permutation") && it.state() == state)
        .mapToLong(KeyLine::rows)
        .sum();
  }

  @Test
  void findsAgainWhatItHoldsInMemoryOnly() {
    Scope person = store.vault.person(TEAM, "U1");
    store.keys.rotate(new KeyTarget.IndexKey(), (_, _) -> {});
    try (SealedStore other = second()) {
      assertThat(other.vault.person(TEAM, "U1")).isEqualTo(person);
    }
    assertThat(store.vault.person(TEAM, "U1")).isEqualTo(person);
  }

  @Test
  void readsTheKeysOnceAMinuteAndNotAtEachLookup() {
    Fingerprint person = store.vault.fingerprint(TEAM, Domain.PERSON, "U1");
    List<BlindIndex> before = forms(person);
    try (SealedStore other = second()) {
      IndexSteps.begin(other.bean(ApplicationContext.class));

      assertThat(forms(person)).isEqualTo(before);
      store.bean(TestTicker.class).advance(Keyring.LIFE.plusSeconds(1));
      assertThat(forms(person)).hasSize(2);
    }
  }

  @Test
  void takesTheHigherOfTwoAnchorsOfOneSubject() {
    UUID workspace = store.vault.workspace(TEAM);
    Fingerprint subject = store.vault.fingerprint(TEAM, Domain.CONVERSATION, "c");
    Anchors anchors = store.bean(Anchors.class);
    anchors.raise(workspace, subject, 7);
    int key = IndexSteps.begin(beans());
    IndexSteps.activate(beans(), key);
    anchors.plant(workspace, subject);
    assertThat(store.count("keys", "select count(*) from anchor")).isEqualTo(2);
    assertThat(anchors.seen(workspace, subject)).isEqualTo(7);

    store.keys.rotate(new KeyTarget.IndexKey(), (_, _) -> {});

    assertThat(store.count("keys", "select count(*) from anchor")).isEqualTo(1);
    restart();
    assertThat(store.bean(Anchors.class).seen(workspace, subject)).isEqualTo(7);
  }

  @Test
  void putsTheSameKeyBackForNobody() {
    store.vault.person(TEAM, "U1");
    store.keys.rotate(new KeyTarget.IndexKey(), (_, _) -> {});
    int old = IndexSteps.keys(beans()).getFirst();
    Object wrapped =
        store.query("keys", "select wrapped from key_version where key_id = ?", old).getFirst();
    BlindIndex form = forms(store.vault.fingerprint(TEAM, Domain.PERSON, "U1")).getFirst();
    store.keys.rotate(new KeyTarget.IndexKey(), (_, _) -> {});
    store.keyStore(
        "update key_version set previous_state = 'ACTIVE', state = 'DECRYPT_ONLY', wrapped = ?, parent_id = (select parent_id from key_scope where id = scope_id), parent_key_id = (select v.parent_key_id from key_version v where v.scope_id = key_version.scope_id and v.state = 'ACTIVE') where key_id = ?",
        wrapped,
        old);
    restart();

    assertThat(forms(store.vault.fingerprint(TEAM, Domain.PERSON, "U1")))
        .hasSize(1)
        .doesNotContain(form);
  }

  @Test
  void anEmergencyMarksTheOldKeyAndReplacesItWithEverythingElse() {
    store.vault.person(TEAM, "U1");
    store.keys.rotate(new KeyTarget.IndexKey(), (_, _) -> {});
    int old = IndexSteps.keys(beans()).getFirst();

    Rotation rotation = store.keys.emergency(new KeyTarget.All(), (_, _) -> {});

    assertThat(rotation.waiting()).isZero();
    assertThat(store.query("keys", "select previous_state from key_version where key_id = ?", old))
        .containsExactly("COMPROMISED");
    assertThat(IndexSteps.keys(beans())).hasSize(1).doesNotContain(old);
    restart();
    assertThat(IndexSteps.keys(beans())).hasSize(1);
    assertThat(store.vault.person(TEAM, "U1").kind()).isEqualTo(Scope.Kind.PERSON);
    assertThat(store.count("keys", "select count(*) from key_scope where kind = 'PERSON'"))
        .isEqualTo(1);
  }

  private ApplicationContext beans() {
    return store.bean(ApplicationContext.class);
  }

  private List<BlindIndex> forms(Fingerprint fingerprint) {
    return store.vault.indexes().forms(fingerprint);
  }

  private Optional<BlindIndex> reserved(Fingerprint fingerprint) {
    return store.vault.indexes().of(fingerprint).reserved();
  }
}
