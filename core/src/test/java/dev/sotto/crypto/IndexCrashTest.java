package dev.sotto.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.context.ApplicationContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * A process that replaces the index key is killed; another goes on. At each moment everything is
 * found, and in the end nothing is under an old key.
 */
class IndexCrashTest extends StoreContract {
  private static final String TEAM = "slack:T1";
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final int MANY = 12;

  private static final List<String> STEPS =
      List.of(
          "RotationRows.add before",
          "RotationRows.add after",
          "VersionRows.add after",
          "PlainRows.end before",
          "PlainRows.end after",
          "KeyLedger.record before",
          "KeyLedger.record after",
          "VersionRows.retireOthers after",
          "VersionRows.activate before",
          "VersionRows.activate after",
          "VersionRows.addRewrapped before",
          "VersionRows.addRewrapped after",
          "RotationRows.advance after",
          "TombstoneRows.add after",
          "VersionRows.destroy before",
          "VersionRows.destroy after",
          "RotationRows.finish before",
          "RotationRows.finish after");

  private final Map<String, UUID> people = new HashMap<>();
  private final List<UUID> messages = new ArrayList<>();

  @Test
  void findsEverythingAfterADeathAtEachStep() throws Exception {
    fill();
    store.close();

    for (String step : STEPS) {
      Process process =
          CrashProgram.start(
              folder,
              properties(),
              Map.of(CrashPoints.AT, step, "test.rounds", "1", CrashProgram.INDEX, "true"));
      assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).as(step).isTrue();
      assertThat(process.exitValue()).as(step).isEqualTo(CrashPoints.KILLED);
      openStore();
      assertFound(step);
      store.close();
    }

    openStore();
    Rotation rest = store.keys.retire((done, total) -> {});
    assertThat(rest.unreadable() + rest.waiting()).isZero();
    store.keys.rotate(new KeyTarget.IndexKey(), (done, total) -> {});
    assertFound("the end");
    assertThat(IndexSteps.keys(store.bean(ApplicationContext.class))).hasSize(1).doesNotContain(0);
    assertThat(store.count("keys", "select count(*) from index_guard")).isZero();
    assertThat(store.count("default", "select count(*) from index_guard")).isZero();
    assertThat(store.keys.status().rotating()).isFalse();
    assertCertifiedOnce();
  }

  private void assertCertifiedOnce() {
    List<String> destroyed =
        FileLedger.deeds(ledger()).stream()
            .filter(it -> it.contains("act=DESTROYED"))
            .map(it -> it.replaceAll(", rows=.*", ""))
            .toList();
    assertThat(destroyed)
        .isNotEmpty()
        .doesNotHaveDuplicates()
        .hasSize(
            (int) store.count("keys", "select count(*) from key_version where state = 'DESTROYED'"))
        .hasSize((int) store.count("default", "select count(*) from destroyed_key"));
  }

  private void fill() {
    Anchors anchors = store.bean(Anchors.class);
    for (int i = 0; i < MANY; i++) {
      String person = "U" + i;
      Scope scope = store.vault.person(TEAM, person);
      people.put(person, scope.id());
      Cell cell = store.put(store.cell(scope), CrashProgram.text(store.cell(scope)));
      messages.add(cell.row());
      store.data(
          "update message set source = ? where id = ?", source(i).getFirst().bytes(), cell.row());
      anchors.raise(scope.workspace(), subject(i), i + 1);
    }
  }

  private void assertFound(String step) {
    Anchors anchors = store.bean(Anchors.class);
    UUID workspace = store.vault.workspace(TEAM);
    for (int i = 0; i < MANY; i++) {
      String person = "U" + i;
      assertThat(store.vault.person(TEAM, person).id()).as(step).isEqualTo(people.get(person));
      assertThat(anchors.seen(workspace, subject(i))).as(step).isEqualTo(i + 1);
      long found = 0;
      for (BlindIndex form : source(i)) {
        found +=
            store.count(
                "default",
                "select count(*) from message where id = ? and source = ?",
                messages.get(i),
                form.bytes());
      }
      assertThat(found).as(step).isEqualTo(1);
    }
  }

  private List<BlindIndex> source(int message) {
    return store
        .vault
        .indexes()
        .forms(store.vault.fingerprint(TEAM, Domain.MESSAGE, "m" + message));
  }

  private Fingerprint subject(int number) {
    return store.vault.fingerprint(TEAM, Domain.CONVERSATION, "c" + number);
  }
}
