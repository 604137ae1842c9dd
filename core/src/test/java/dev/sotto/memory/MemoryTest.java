package dev.sotto.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sotto.StoredContract;
import dev.sotto.chat.Person;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What memory promises, whatever database keeps it. */
class MemoryTest extends StoredContract {
  private static final Instant NOON = Instant.parse("2026-05-04T12:00:00.123456Z");
  private static final ConversationKey HALL = key("hall");
  private static final ConversationKey YARD = key("yard");
  private static final Duration LONG = Duration.ofDays(3_650);

  @Test
  void recallsTheNewestOfOneConversationInOrderAlsoAfterARestart() {
    remember(HALL, ADA, 1);
    remember(YARD, ADA, 2);
    remember(HALL, TOM, 3);

    restart();
    remember(HALL, ADA, 4);

    assertThat(recalled(HALL)).containsExactly("q1", "a1", "q3", "a3", "q4", "a4");
    assertThat(texts(memory().recall(HALL, 2, LONG))).containsExactly("q4", "a4");
    assertThat(recalled(key("nowhere"))).isEmpty();
    assertThat(memory().recall(HALL, 400, LONG).said().getFirst())
        .isEqualTo(new Recollection.Said(Recollection.Role.PERSON, "q1", NOON.plusSeconds(1)));
  }

  @Test
  void tellsApartWhatOnePersonSaidAnywhere() {
    remember(HALL, ADA, 1);
    remember(HALL, TOM, 2);
    remember(YARD, ADA, 3);

    assertThat(texts(memory().recallOf(ADA, 400))).containsExactly("q1", "a1", "q3", "a3");
    assertThat(texts(memory().recallOf(ADA, 2))).containsExactly("q3", "a3");
  }

  @Test
  void forgetsOneMessageAndTheAnswerToIt() {
    remember(HALL, ADA, 1);
    remember(HALL, ADA, 2);

    assertThat(memory().forget(channel("C1"), "m1")).isEqualTo(2);
    assertThat(memory().forget(channel("C1"), "m9")).isZero();

    assertThat(recalled(HALL)).containsExactly("q2", "a2");
  }

  @Test
  void remembersAMessageInItsNewWordsAndNotInTheOld() {
    remember(HALL, ADA, 1);
    remember(HALL, ADA, 2);

    assertThat(memory().revise(channel("C1"), "m1", "other words")).isTrue();
    assertThat(memory().revise(channel("C1"), "m9", "other words")).isFalse();
    restart();

    assertThat(recalled(HALL)).containsExactly("other words", "a1", "q2", "a2");
    remember(HALL, TOM, 3);
    assertThat(memory().revise(channel("C1"), "m3", "last words")).isTrue();
    assertThat(memory().revise(channel("C1"), "m1", "new words")).isTrue();
    assertThat(recalled(HALL)).containsExactly("new words", "a1", "q2", "a2", "last words", "a3");
    assertThat(texts(memory().recallOf(ADA, 400))).containsExactly("new words", "a1", "q2", "a2");
  }

  @Test
  void startsAfreshWithoutForgetting() {
    remember(HALL, ADA, 1);

    memory().startAfresh(HALL);
    memory().startAfresh(key("nowhere"));
    restart();

    assertThat(recalled(HALL)).isEmpty();
    remember(HALL, ADA, 2);
    assertThat(recalled(HALL)).containsExactly("q2", "a2");
    assertThat(texts(memory().recallOf(ADA, 400))).containsExactly("q1", "a1", "q2", "a2");
  }

  @Test
  void startsAfreshBehindATurnThatCloses() {
    remember(HALL, ADA, 1);
    remember(exchange(HALL, ADA, 2, true));
    assertThat(recalled(HALL)).isEmpty();

    remember(HALL, ADA, 3);
    assertThat(recalled(HALL)).containsExactly("q3", "a3");
  }

  @Test
  void keepsQuestionAndAnswerTogetherWhenManyTurnsComeAtOnce() throws InterruptedException {
    List<Callable<Boolean>> turns =
        IntStream.range(0, 20)
            .<Callable<Boolean>>mapToObj(it ->
                () -> {
                  remember(HALL, it % 2 == 0 ? ADA : TOM, it);
                  return true;
                })
            .toList();

    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      assertThat(threads.invokeAll(turns)).extracting(Future::resultNow).containsOnly(true);
    }

    List<String> recalled = recalled(HALL);
    assertThat(recalled).hasSize(40).doesNotHaveDuplicates();
    for (int i = 0; i < recalled.size(); i += 2) {
      assertThat(recalled.get(i)).isEqualTo("q" + recalled.get(i + 1).substring(1));
    }
  }

  private Memory memory() {
    return bean(Memory.class);
  }

  private void remember(ConversationKey key, Person person, int turn) {
    remember(exchange(key, person, turn, false));
  }

  private void remember(Exchange exchange) {
    memory().ready(exchange.conversation());
    memory().remember(exchange, memory().scope(exchange.person()));
  }

  private static Exchange exchange(ConversationKey key, Person person, int turn, boolean closes) {
    return new Exchange(
        key, person, "m" + turn, NOON.plusSeconds(turn), "q" + turn, "a" + turn, closes, LONG);
  }

  private List<String> recalled(ConversationKey key) {
    return texts(memory().recall(key, 400, LONG));
  }

  private static List<String> texts(Recollection recollection) {
    assertThat(recollection.damaged()).isZero();
    return recollection.said().stream().map(Recollection.Said::text).toList();
  }

  private static ConversationKey key(String place) {
    return new ConversationKey(ACME.key(), List.of("desk", "channel", place));
  }
}
