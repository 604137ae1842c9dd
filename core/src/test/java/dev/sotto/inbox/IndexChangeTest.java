package dev.sotto.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sotto.StoredContract;
import dev.sotto.chat.Address;
import dev.sotto.chat.ChatEvent;
import dev.sotto.chat.Person;
import dev.sotto.crypto.IndexSteps;
import dev.sotto.crypto.Vault;
import dev.sotto.memory.ConversationKey;
import dev.sotto.memory.Memory;
import io.micronaut.context.ApplicationContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two processes that know of different phases of a change of the index key. */
class IndexChangeTest extends StoredContract {
  private static final Instant NOON = Instant.parse("2026-05-04T12:00:00Z");
  private static final Address HALL = channel("C1");
  private static final int MANY = 60;

  private ApplicationContext ahead;
  private ApplicationContext behind;

  @BeforeEach
  void openBoth() {
    ahead = bean(ApplicationContext.class);
    behind = ApplicationContext.run(properties());
  }

  @AfterEach
  void closeOther() {
    behind.close();
  }

  @Test
  void storeNothingTwiceWhereOnlyOneKnowsOfTheComingKey() throws Exception {
    IndexSteps.notice(behind);
    IndexSteps.begin(ahead);

    assertOnceEach();
  }

  @Test
  void storeNothingTwiceWhereOneWritesTheNewFormAndTheOtherTheOld() throws Exception {
    neighbours();

    assertOnceEach();
  }

  @Test
  void findWhatTheOtherWroteInItsForm() {
    neighbours();
    UUID place = join(behind);

    assertThat(keep(behind, place, "by the one behind")).isTrue();
    assertThat(keep(ahead, place, "by the one ahead")).isTrue();

    assertThat(keep(ahead, place, "by the one behind")).isFalse();
    assertThat(keep(behind, place, "by the one ahead")).isFalse();
    assertThat(join(ahead)).isEqualTo(place);
    assertThat(IndexSteps.keys(ahead)).hasSize(2);
    assertThat(count("default", "select count(*) from index_guard")).isPositive();
  }

  @Test
  void takeAReservationWhoseRowIsGoneForNothing() {
    neighbours();
    UUID place = join(behind);
    assertThat(keep(behind, place, "e1")).isTrue();
    update("default", "delete from inbox_event");

    assertThat(keep(ahead, place, "e1")).isTrue();
    assertThat(keep(behind, place, "e1")).isFalse();
  }

  @Test
  void twinWithoutReservationsStoresTwice() {
    behind.close();
    become(IndexSteps.GUARDS_NOTHING);
    openBoth();
    neighbours();
    UUID place = join(behind);

    assertThat(keep(behind, place, "e1")).isTrue();
    assertThat(keep(ahead, place, "e1")).isTrue();
    assertThat(count("default", "select count(*) from inbox_event")).isEqualTo(2);
  }

  @Test
  void twinThatSkipsAPhaseStoresTwice() {
    IndexSteps.notice(behind);
    int key = IndexSteps.begin(ahead);
    IndexSteps.activate(ahead, key);
    UUID place = join(behind);

    assertThat(keep(behind, place, "e1")).isTrue();
    assertThat(keep(ahead, place, "e2")).isTrue();
    assertThat(keep(behind, place, "e2")).as("it does not know where to look").isTrue();
  }

  /** One writes the new form, the other knows of it. */
  private void neighbours() {
    int key = IndexSteps.begin(ahead);
    IndexSteps.notice(behind);
    IndexSteps.activate(ahead, key);
  }

  private void assertOnceEach() throws Exception {
    UUID place = join(behind);
    List<ApplicationContext> both = List.of(ahead, behind);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < MANY; i++) {
        String name = "n" + i;
        List<Future<Boolean>> kept = new ArrayList<>();
        for (ApplicationContext one : both) {
          kept.add(threads.submit(() -> all(one, place, name)));
        }
        assertThat(kept.get(0).get() ^ kept.get(1).get()).as(name).isTrue();
      }
    }
    assertThat(count("default", "select count(*) from inbox_event")).isEqualTo(MANY);
    assertThat(count("default", "select count(*) from conversation")).isEqualTo(MANY);
    assertThat(count("keys", "select count(*) from key_scope where kind = 'PERSON'"))
        .isEqualTo(MANY);
  }

  /** Keeps an event of a new person, readies a conversation, and says whether the event was new. */
  private static boolean all(ApplicationContext one, UUID place, String name) {
    one.getBean(Vault.class).person(ACME.key(), name);
    one.getBean(Memory.class).ready(new ConversationKey(ACME.key(), List.of("desk", name)));
    return keep(one, place, new Person(ACME, name), name);
  }

  private static UUID join(ApplicationContext one) {
    return one.getBean(Places.class).join(event(ADA, "joined"));
  }

  private static boolean keep(ApplicationContext one, UUID place, String id) {
    return keep(one, place, ADA, id);
  }

  private static boolean keep(ApplicationContext one, UUID place, Person person, String id) {
    return one.getBean(Events.class).keep(place, event(person, id)).isPresent();
  }

  private static ChatEvent event(Person person, String id) {
    return new ChatEvent.Message(id, HALL, person, NOON, "message of " + id, "hello", true);
  }
}
