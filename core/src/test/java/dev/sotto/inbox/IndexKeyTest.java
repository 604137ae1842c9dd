package dev.sotto.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sotto.StoredContract;
import dev.sotto.assistant.Assistants;
import dev.sotto.assistant.Residents;
import dev.sotto.audit.AuditLog;
import dev.sotto.chat.Address;
import dev.sotto.chat.ChatEvent;
import dev.sotto.chat.Person;
import dev.sotto.crypto.Anchors;
import dev.sotto.crypto.BlindIndex;
import dev.sotto.crypto.BlindIndexes;
import dev.sotto.crypto.Domain;
import dev.sotto.crypto.Fingerprint;
import dev.sotto.crypto.IndexSteps;
import dev.sotto.crypto.KeyTarget;
import dev.sotto.crypto.Keys;
import dev.sotto.crypto.Rotation;
import dev.sotto.crypto.Scope;
import dev.sotto.crypto.Vault;
import dev.sotto.memory.Chains;
import dev.sotto.memory.ConversationKey;
import dev.sotto.memory.Erasure;
import dev.sotto.memory.Exchange;
import dev.sotto.memory.Memory;
import dev.sotto.memory.Recollection;
import io.micronaut.context.ApplicationContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What is found by what people's ids were made into, after those have another key. */
class IndexKeyTest extends StoredContract {
  private static final Instant NOON = Instant.parse("2126-05-04T12:00:00Z");
  private static final Duration LONG = Duration.ofDays(3_650);
  private static final Address HALL = channel("C1");
  private static final ConversationKey TALK =
      new ConversationKey(ACME.key(), List.of("desk", "channel", "hall"));
  private static final int COLUMNS = 10;

  @Test
  void everythingIsFoundAgainUnderAnotherKey() {
    UUID place = fill();
    Scope ada = bean(Memory.class).scope(ADA);

    assertThat(rotate().unreadable()).isZero();
    assertFound(place, ada);
    restart();
    assertFound(place, ada);

    Rotation second = rotate();
    assertThat(second.destroyed()).isEqualTo(1);
    assertThat(second.waiting()).isZero();
    assertFound(place, ada);
    restart();
    assertFound(place, ada);
    assertThat(bean(Memory.class).forget(HALL, "m1")).isEqualTo(2);
    assertThat(recalled()).containsExactly("q2", "a2");
    assertThat(bean(Anchors.class).gone()).isZero();
  }

  @Test
  void nothingStandsInItsOldFormAndTheOldKeyIsCertifiedAsDestroyed() {
    fill();
    rotate();
    List<BlindIndex> before = IndexSteps.standing(beans());
    List<Integer> key = IndexSteps.keys(beans());
    assertThat(IndexSteps.filled(beans())).isGreaterThanOrEqualTo(COLUMNS);

    Rotation rotation = rotate();

    assertThat(rotation.rows()).isGreaterThanOrEqualTo(before.size());
    assertThat(IndexSteps.standing(beans()))
        .hasSizeGreaterThanOrEqualTo(before.size())
        .doesNotContainAnyElementsOf(before);
    assertThat(IndexSteps.keys(beans())).hasSize(1).doesNotContainAnyElementsOf(key);
    assertThat(query("keys", "select state from key_version where key_id = ?", key.getFirst()))
        .containsExactly(List.of("DESTROYED"));
    assertThat(bean(AuditLog.class).newest(AuditLog.MOST))
        .anySatisfy(it ->
            assertThat(it.note().toString() + it.note().object())
                .contains("permutation", "key " + key.getFirst()));
    assertThat(bean(AuditLog.class).verify().findings()).isEmpty();
    assertThat(count("default", "select count(*) from destroyed_key")).isEqualTo(1);
    assertThat(count("default", "select count(*) from index_guard")).isZero();
    assertThat(count("keys", "select count(*) from index_guard")).isZero();
  }

  @Test
  void whoHasTheOldKeyAndThatOfTheFingerprintsFindsNobodyInWhatIsStoredNow() {
    fill();
    rotate();
    Fingerprint known = conversation();
    List<BlindIndex> guess = bean(BlindIndexes.class).forms(known);
    assertThat(IndexSteps.standing(beans())).as("the twin: before").containsAll(guess);

    rotate();

    assertThat(IndexSteps.standing(beans()))
        .doesNotContainAnyElementsOf(guess)
        .containsAll(bean(BlindIndexes.class).forms(known));
    assertThat(guess).hasSize(1).isNotEqualTo(bean(BlindIndexes.class).forms(known));
  }

  @Test
  void theFirstKeyHidesWhatTheFingerprintsKeyAloneFound() {
    fill();
    List<BlindIndex> plain = bean(BlindIndexes.class).forms(conversation());
    assertThat(IndexSteps.standing(beans())).as("the twin: before").containsAll(plain);

    rotate();

    assertThat(IndexSteps.standing(beans())).doesNotContainAnyElementsOf(plain);
    assertThat(IndexSteps.keys(beans())).hasSize(1).doesNotContain(0);
  }

  @Test
  void losesNothingThatIsWrittenMeanwhile() throws Exception {
    UUID place = fill();
    AtomicBoolean stop = new AtomicBoolean();
    AtomicInteger written = new AtomicInteger();

    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> writer =
          threads.submit(() -> {
            for (int i = 0; !stop.get(); i++) {
              assertThat(keep(place, "w" + i)).isTrue();
              assertThat(keep(place, "w" + i)).isFalse();
              remember(ADA, 10 + i);
              written.incrementAndGet();
            }
          });
      rotate();
      rotate();
      stop.set(true);
      writer.get();
    }

    assertThat(written.get()).isPositive();
    for (int i = 0; i < written.get(); i++) {
      assertThat(keep(place, "w" + i)).isFalse();
    }
    assertThat(recalled()).hasSize(Math.min(Memory.MOST, 4 + 2 * written.get()));
    assertThat(IndexSteps.keys(beans())).hasSize(1);
    assertThat(bean(Chains.class).verify((_, _) -> {}).clean()).isTrue();
  }

  @Test
  void erasesWhoWasThereBefore() {
    fill();
    UUID before = bean(Memory.class).scope(ADA).id();
    rotate();

    assertThat(bean(Erasure.class).person(ADA, (_, _) -> {})).isPresent();

    assertThat(count("default", "select count(*) from message where scope_id = ?", before))
        .isZero();
    assertThat(bean(Memory.class).scope(ADA).id()).isNotEqualTo(before);
    assertThat(recalled()).containsExactly("q2", "a2");
    rotate();
    assertThat(recalled()).containsExactly("q2", "a2");
    assertThat(bean(Erasure.class).conversation(TALK, (_, _) -> {})).isPresent();
    assertThat(count("default", "select count(*) from conversation")).isZero();
  }

  @Test
  void leavesWhatNoKeyStandsForAndSaysHowMuch() {
    UUID place = fill();
    byte[] forged = new byte[20];
    forged[0] = 77;
    update("default", "update inbox_event set message = ? where place_id = ?", forged, place);

    Rotation rotation = rotate();

    assertThat(rotation.unreadable()).isEqualTo(1);
    assertThat(count("default", "select count(*) from inbox_event where message = ?", forged))
        .isEqualTo(1);
    assertThat(keep(place, "e1")).as("it is known by its event still").isFalse();
    assertThat(bean(Keys.class).status().rotating()).isFalse();
  }

  @Test
  void keepsTheOldKeyWhileSomethingCannotLeaveIt() {
    fill();
    rotate();
    int old = IndexSteps.keys(beans()).getFirst();
    UUID twin = new UUID(0, 1);
    update(
        "default",
        """
        insert into place (id, fingerprint, platform, scope_id, key_id, row_version, body)
        select ?, ?, platform, scope_id, key_id, row_version, body from place
        """,
        twin,
        IndexSteps.plain(
            beans(),
            (byte[]) query("default", "select fingerprint from place").getFirst().getFirst()));

    Rotation rotation = rotate();

    assertThat(rotation.unreadable()).isEqualTo(1);
    assertThat(rotation.waiting()).isEqualTo(1);
    assertThat(query("keys", "select state from key_version where key_id = ?", old))
        .containsExactly(List.of("DECRYPT_ONLY"));
    update("default", "delete from place where id = ?", twin);

    Rotation rest = bean(Keys.class).retire((_, _) -> {});

    assertThat(rest.waiting()).isZero();
    assertThat(query("keys", "select state from key_version where key_id = ?", old))
        .containsExactly(List.of("DESTROYED"));
    assertThat(bean(Places.class).find(event("e1"))).isPresent();
  }

  private ApplicationContext beans() {
    return bean(ApplicationContext.class);
  }

  private Rotation rotate() {
    return bean(Keys.class).rotate(new KeyTarget.IndexKey(), (_, _) -> {});
  }

  private Fingerprint conversation() {
    return bean(Vault.class)
        .fingerprint(ACME.key(), Domain.CONVERSATION, TALK.parts().toArray(String[]::new));
  }

  private UUID fill() {
    UUID place = bean(Places.class).join(event("e1"));
    assertThat(keep(place, "e1")).isTrue();
    remember(ADA, 1);
    remember(TOM, 2);
    bean(Residents.class).choose(HALL, bean(Assistants.class).find("lab").orElseThrow());
    bean(Anchors.class).flush();
    return place;
  }

  private void assertFound(UUID place, Scope ada) {
    assertThat(bean(Places.class).find(event("e1"))).contains(place);
    assertThat(keep(place, "e1")).isFalse();
    assertThat(recalled()).containsExactly("q1", "a1", "q2", "a2");
    assertThat(bean(Memory.class).scope(ADA)).isEqualTo(ada);
    assertThat(bean(Residents.class).at(HALL, _ -> Optional.empty()).id()).isEqualTo("lab");
    assertThat(bean(Anchors.class).gone()).isZero();
    assertThat(bean(Chains.class).verify((_, _) -> {}).clean()).isTrue();
    assertThat(bean(AuditLog.class).verify().findings()).isEmpty();
  }

  private void remember(Person person, int turn) {
    Memory memory = bean(Memory.class);
    memory.ready(TALK);
    memory.remember(
        new Exchange(
            TALK, person, "m" + turn, NOON.plusSeconds(turn), "q" + turn, "a" + turn, false, LONG),
        memory.scope(person));
  }

  private List<String> recalled() {
    Recollection recollection = bean(Memory.class).recall(TALK, Memory.MOST, LONG);
    assertThat(recollection.damaged()).isZero();
    return recollection.said().stream().map(Recollection.Said::text).toList();
  }

  private boolean keep(UUID place, String id) {
    return bean(Events.class).keep(place, event(id)).isPresent();
  }

  private static ChatEvent event(String id) {
    return new ChatEvent.Message(id, HALL, ADA, NOON, "message of " + id, "hello", true);
  }
}
