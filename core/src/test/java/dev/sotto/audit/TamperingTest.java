package dev.sotto.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sotto.crypto.ChainKey;
import dev.sotto.crypto.ChainKeys;
import dev.sotto.crypto.ChainMac;
import dev.sotto.crypto.ChainState;
import dev.sotto.crypto.Vault;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who can write to both databases cannot change what was written down and stay unseen. */
class TamperingTest extends AuditContract {
  private static final String SWAP =
      "update audit_entry set seq = case when seq = 4 then 5 else 4 end where segment = 1 and seq in (4, 5)";

  /** Two segments: in the first 1 begins, 2 to 7 are ours and 8 closes; in the second 1 to 4. */
  @BeforeEach
  void write() {
    store.write(1, 6);
    store.log.rotate();
    store.write(7, 9);
    assertThat(store.findings()).isEmpty();
  }

  /** What only the MAC tells. */
  @Test
  void findsAnyChangeOfAnEntry() {
    Instant other = Instant.parse("2020-01-01T00:00:00Z");
    for (Consumer<AuditStore> change :
        List.of(
            change("action = 'KEY_DESTROYED'"),
            change("outcome = 'REFUSED'"),
            change("at = ?", Timestamp.from(other)),
            change("once = ?", (Object) new byte[16]),
            change("mac = ?", (Object) new byte[32]),
            change("mac = (select mac from audit_entry where segment = 1 and seq = 5)"))) {
      assertFound(change, "entry 1/4: does not verify");
    }
  }

  @Test
  void findsAnEntryThatWasMoved() {
    assertFound(change("segment = 2, seq = 5"), "entry 1/5: 4 should stand here");
    assertFound(change("seq = 4711"), "entry 1/5: 4 should stand here");
    store.data("alter table audit_entry drop constraint audit_order");
    store.data(SWAP);

    assertThat(store.findings())
        .containsExactly("entry 1/4: does not verify: changed, moved or forged");
  }

  /** Finds a change of the fourth entry, and nothing when it is undone. */
  private void assertFound(Consumer<AuditStore> change, String finding) {
    EntryRow before = store.rows().get(3);
    change.accept(store);

    assertThat(store.findings()).anyMatch(it -> it.startsWith(finding));

    store.data("delete from audit_entry where id = ?", before.id());
    store.bean(EntryRows.class).save(before);
    assertThat(store.findings()).isEmpty();
  }

  @Test
  void twinWithoutMacsMissesAChange() {
    change("action = 'KEY_DESTROYED'")
        .andThen(sql("alter table audit_entry drop constraint audit_order"))
        .andThen(sql(SWAP))
        .accept(store);
    restartAs(AuditTwins.CHECKS_NO_MAC);

    assertThat(store.findings()).isEmpty();
  }

  @Test
  void findsWhatWasPutIntoAnEntryFromAnother() {
    store.data(
        "update audit_entry set body = (select body from audit_entry where segment = 1 and seq = 5)"
            + " where segment = 1 and seq = 4");

    assertThat(store.findings())
        .containsExactly("entry 1/4: does not open: changed, moved or put in from elsewhere");
    assertThat(store.log.newest(50)).hasSize(12).anyMatch(it -> it.note().actor().equals("?"));
  }

  @Test
  void findsAnEntryThatWasTakenOut() {
    store.data("delete from audit_entry where segment = 1 and seq = 4");

    assertThat(store.findings())
        .containsExactly("entry 1/5: 4 should stand here: something is missing or put in");
  }

  @Test
  void findsAnEntryThatWasTakenOutAndTheOthersMovedUp() {
    takeOutAndMoveUp();

    assertThat(store.findings()).anyMatch(it -> it.startsWith("entry 2/2: does not verify"));
  }

  @Test
  void twinWithoutMacsMissesWhereItWasTakenOut() {
    takeOutAndMoveUp();
    restartAs(AuditTwins.CHECKS_NO_MAC);

    assertThat(store.findings()).noneMatch(it -> it.startsWith("entry 2/2"));
  }

  private void takeOutAndMoveUp() {
    store.data("delete from audit_entry where segment = 2 and seq = 2");
    store.data("update audit_entry set seq = seq - 1 where segment = 2 and seq = 3");
    store.data("update audit_entry set seq = seq - 1 where segment = 2 and seq = 4");
  }

  @Test
  void findsAnEntryThatWasPutIn() {
    forge(new Place(2, 5), store.bean(ChainKeys.class).first(1).orElseThrow());

    assertThat(store.findings())
        .anyMatch(it -> it.startsWith("entry 2/5: does not verify"))
        .anyMatch(it -> it.contains("ends at 2/5, its state is of 2/4"));
    assertThatThrownBy(() -> store.write("next"))
        .isInstanceOf(AuditException.class)
        .hasMessageContaining("integrity");
  }

  @Test
  void findsASecondEntryOfTheSameNumber() {
    store.data("alter table audit_entry drop constraint audit_order");
    forge(new Place(1, 4), store.running().key());

    assertThat(store.findings()).anyMatch(it -> it.startsWith("entry 1/4: "));
  }

  @Test
  void findsAnEntryThatStandsNowhere() {
    store.data("alter table audit_entry alter column seq drop not null");
    store.data("update audit_entry set seq = null where segment = 2 and seq = 4");

    assertThat(store.findings()).contains("an entry stands nowhere in the log");
  }

  @Test
  void findsAnEntryThatCannotBeRead() {
    store.data("alter table audit_entry alter column row_version drop not null");
    store.data("update audit_entry set row_version = null where segment = 2 and seq = 4");

    assertThat(store.findings()).contains("what stands after 0/0 cannot be read");
  }

  @Test
  void findsAnEntryWithoutMac() {
    store.data("alter table audit_entry alter column mac drop not null");
    store.data("update audit_entry set mac = null where segment = 1 and seq = 4");

    assertThat(store.findings()).containsExactly("entry 1/4: has no MAC");
  }

  @Test
  void findsAnEndThatWasCutOff() {
    store.data("delete from audit_entry where segment = 2 and seq = 4");

    assertThat(store.findings()).contains("the log ends at 2/3, its state is of 2/4");
    assertThatThrownBy(() -> store.write("next")).isInstanceOf(AuditException.class);
  }

  @Test
  void findsAnEndThatWasCutOffWithAnOlderStatePutBack() {
    cutOffWithOlderState();

    assertThat(store.findings()).containsExactly(cutOff("2/4", "2/7"));
    restart();
    assertThat(store.findings()).containsExactly(cutOff("2/4", "2/7"));
    assertThatThrownBy(() -> store.write("next"))
        .isInstanceOf(AuditException.class)
        .hasMessageContaining("2/7 was there");
  }

  @Test
  void twinWithoutAnchorMissesAnEndThatWasCutOff() {
    cutOffWithOlderState();
    restartAs(AuditTwins.CHECKS_NO_ANCHOR);

    assertThat(store.findings()).isEmpty();
  }

  @Test
  void findsThatAllOfItWasTakenAway() {
    store.bean(Witness.class).flush();
    store.data("delete from audit_entry");
    store.data("update audit_state set body = null, scope_id = null, key_id = null");

    assertThat(store.findings()).containsExactly(cutOff("0/0", "2/4"));
    restart();
    assertThat(store.findings()).containsExactly(cutOff("0/0", "2/4"));
    assertThatThrownBy(() -> store.write("next")).isInstanceOf(AuditException.class);
  }

  @Test
  void findsAnotherHistoryFromAnOlderStateOn() throws IOException {
    cutOffWithOlderState();
    Files.move(anchor(), folder.resolve("aside"));
    restart();
    store.write(20, 30);
    store.close();
    Files.move(
        folder.resolve("aside"), anchor(), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    restart();

    assertThat(store.findings()).containsExactly("entry 2/7: is not the one that was anchored");
  }

  @Test
  void findsAMissingAnchor() throws IOException {
    store.bean(Witness.class).flush();
    Files.delete(anchor());

    assertThat(store.findings())
        .containsExactly(
            "its anchor is missing: the file that sotto.audit-anchor names, or audit.anchor beside the root key");
  }

  @Test
  void findsAMissingEndOfASegment() {
    store.data("delete from audit_entry where segment = 1 and seq = 8");

    assertThat(store.findings()).contains("segment 1: its end is missing");
  }

  @Test
  void findsAMissingSegment() {
    store.data("delete from audit_entry where segment = 1");

    assertThat(store.findings()).contains("segment 1: missing before segment 2");
  }

  @Test
  void findsAnEntryAfterTheEndOfItsSegment() {
    forge(new Place(1, 9), store.running().key());

    assertThat(store.findings()).contains("entry 1/9: stands after the end of its segment");
  }

  @Test
  void findsAFirstKeyThatIsGoneOrOfAnotherSegment() {
    store.keyStore(
        "update audit_key set wrapped = (select wrapped from audit_key where segment = 2) where segment = 1");
    assertThat(store.findings()).contains("segment 1: its first key does not verify");

    store.keyStore("delete from audit_key where segment = 1");
    assertThat(store.findings()).contains("segment 1: its first key is missing");
  }

  @Test
  void findsAStateThatWasChanged() {
    store.data("update audit_state set row_version = row_version + 1");

    assertThat(store.findings())
        .containsExactly("the log ends at 2/4, its state is gone or broken");
    assertThatThrownBy(() -> store.write("next")).hasMessageContaining("integrity");
  }

  /** Forward security: today's key, opened, changes nothing that stands. */
  @Test
  void whoHasTheRunningStateCannotChangeWhatStands() {
    restartAs(AuditTwins.CHECKS_NO_ANCHOR);
    rewrite(new Place(2, 2), store.running().key());

    assertThat(store.findings())
        .containsExactly("entry 2/2: does not verify: changed, moved or forged");
  }

  /** The same hands with the key that was forgotten: it is the forgetting that protects. */
  @Test
  void twinThatHasNotForgottenItsKeysIsDeceived() {
    restartAs(AuditTwins.CHECKS_NO_ANCHOR);
    rewrite(new Place(2, 2), store.bean(ChainKeys.class).first(2).orElseThrow().next());

    assertThat(store.findings()).isEmpty();
    assertThat(store.log.newest(4)).anyMatch(it -> it.note().object().equals("forged"));
  }

  private void cutOffWithOlderState() {
    AuditStore.Kept older = store.keepState();
    store.write(10, 12);
    store.bean(Witness.class).flush();
    store.data("delete from audit_entry where segment = 2 and seq > 4");
    store.putBack(older);
  }

  private static String cutOff(String end, String anchor) {
    return "the log ends at %s, but %s was anchored: its end was cut off, or an older state was put back"
        .formatted(end, anchor);
  }

  /** Puts an entry in, with some key. */
  private void forge(Place place, ChainKey key) {
    EntryRow last = store.rows().getLast();
    ChainState before = new ChainState(place.segment(), place.seq() - 1, mac(last), key);
    store.bean(EntryRows.class).save(store.bean(Scribe.class).row(draft(), before));
  }

  /** Puts another entry in the place of one, and all MACs after it to match, and the state. */
  private void rewrite(Place place, ChainKey key) {
    List<EntryRow> rows =
        store.rows().stream().filter(it -> it.segment() == place.segment()).toList();
    ChainMac before = mac(rows.get((int) place.seq() - 2));
    ChainState state = new ChainState(place.segment(), place.seq() - 1, before, key);
    store.data(
        "delete from audit_entry where segment = ? and seq >= ?", place.segment(), place.seq());
    Scribe scribe = store.bean(Scribe.class);
    for (EntryRow row : rows.subList((int) place.seq() - 1, rows.size())) {
      Draft same =
          new Draft(
              row.id(),
              row.at(),
              scribe.entry(row).note(),
              Optional.ofNullable(row.once()).map(store.bean(Vault.class).indexes()::fingerprint),
              row.body());
      EntryRow again = scribe.row(row.place().equals(place) ? draft() : same, state);
      store.bean(EntryRows.class).save(again);
      state = state.after(mac(again));
    }
    ChainState end = state;
    store.changeState(_ -> end);
  }

  private Draft draft() {
    Note note = new Note(Action.COMMAND, Outcome.DONE, "slack:U1", "forged", "");
    return store.bean(Scribe.class).draft(note, Optional.empty());
  }

  private static ChainMac mac(EntryRow row) {
    return Optional.ofNullable(row.mac()).orElseThrow();
  }

  /** Of the fourth entry. */
  private static Consumer<AuditStore> change(String what, Object... values) {
    return sql("update audit_entry set " + what + " where segment = 1 and seq = 4", values);
  }

  private static Consumer<AuditStore> sql(String statement, Object... values) {
    return store -> store.data(statement, values);
  }
}
