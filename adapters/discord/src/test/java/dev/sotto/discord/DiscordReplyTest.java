package dev.sotto.discord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sotto.chat.ChatEvent;
import dev.sotto.chat.LiveReply;
import dev.sotto.chat.PlatformException;
import dev.sotto.chat.Reply;
import dev.sotto.chat.Reply.Choice;
import dev.sotto.sandbox.side.Call;
import dev.sotto.sandbox.side.Fault;
import dev.sotto.sandbox.side.Place;
import dev.sotto.sandbox.side.View;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DiscordReplyTest {
  private static final String POST = "POST /channels/{}/messages";
  private static final String EDIT = "PATCH /channels/{}/messages/{}";
  private static final String OPEN = "POST /channels/{}/messages/{}/threads";
  private static final String TYPE = "POST /channels/{}/typing";

  private final Lab lab = new Lab().connected();
  private final List<String> shown = new CopyOnWriteArrayList<>();
  private ChatEvent.Message question;
  private Place thread;

  @BeforeEach
  void ask() {
    thread = Place.in(lab.channel, lab.mention("tell me"));
    question = lab.message(0);
  }

  @AfterEach
  void close() {
    lab.close();
  }

  private LiveReply open(String... earlier) {
    return lab.connection.platform().open(Lab.target(question, List.of(earlier)), shown::add);
  }

  private List<Call> calls(String route) {
    return lab.server.faults().calls(route);
  }

  private List<String> said() {
    return lab.botTexts(thread);
  }

  @Test
  void showsAQuickAnswerOnceAndAsAWhole() {
    try (LiveReply reply = open()) {
      reply.show("A");
      reply.show("A quick");
      reply.finish(Reply.of("A quick answer."));
    }

    assertThat(said()).containsExactly("A quick answer.");
    assertThat(calls(POST)).hasSize(1);
    assertThat(calls(EDIT)).isEmpty();
    assertThat(calls(TYPE)).isEmpty();
    assertThat(shown).hasSize(1);
  }

  @Test
  void showsTypingThenTheGrowingTextThenTheWhole() {
    try (LiveReply reply = open()) {
      await().untilAsserted(() -> assertThat(calls(TYPE)).hasSize(1));
      reply.show("One");
      await().untilAsserted(() -> assertThat(said()).containsExactly("One"));
      await().untilAsserted(() -> assertThat(shown).hasSize(1));
      reply.show("One two");
      reply.show("One two three");
      await().untilAsserted(() -> assertThat(said()).containsExactly("One two three"));
      reply.finish(new Reply("One two three four.", List.of(new Choice("More", "more"))));
    }

    assertThat(said()).containsExactly("One two three four.");
    assertThat(calls(POST)).hasSize(1);
    assertThat(calls(EDIT)).hasSize(2);
    assertThat(Duration.between(calls(POST).getFirst().at(), calls(EDIT).getFirst().at()))
        .isGreaterThan(Duration.ofSeconds(1));
    assertThat(lab.bubbles(thread).getLast().buttons()).hasSize(1);
    assertThat(calls(EDIT))
        .allSatisfy(call -> assertThat(call.field("allowed_mentions")).contains("\"parse\":[]"));
  }

  private static Stream<Fault> faults() {
    return Stream.of(
        Fault.tooMany(Duration.ofSeconds(1)),
        Fault.broken(500),
        Fault.broken(502),
        Fault.slow(Duration.ofMillis(500)),
        Fault.unanswered(),
        Fault.cut());
  }

  @ParameterizedTest
  @MethodSource("faults")
  void isShownExactlyOnceWhateverHappensToTheFirstMessage(Fault fault) {
    lab.server.faults().next(POST, fault);

    lab.answer(question, "Here.");

    assertThat(said()).containsExactly("Here.");
  }

  @ParameterizedTest
  @MethodSource("faults")
  void isShownExactlyOnceWhateverHappensToTheThread(Fault fault) {
    lab.server.faults().next(OPEN, fault);

    lab.answer(question, "Here.");

    assertThat(said()).containsExactly("Here.");
  }

  @ParameterizedTest
  @MethodSource("faults")
  void endsWholeWhateverHappensToTheLastEdit(Fault fault) {
    try (LiveReply reply = open()) {
      reply.show("Partial");
      await().untilAsserted(() -> assertThat(said()).containsExactly("Partial"));
      lab.server.faults().next(EDIT, fault);
      reply.finish(Reply.of("Partial no more."));
    }

    assertThat(said()).containsExactly("Partial no more.");
  }

  @Test
  void saysThatALaterAttemptCanHelpWhenDiscordIsDown() {
    lab.server.faults().next(POST, 50, Fault.broken(500));

    assertThatThrownBy(() -> lab.answer(question, "Here."))
        .isInstanceOfSatisfying(PlatformException.class, e -> assertThat(e.retryable()).isTrue())
        .hasMessageContaining("500")
        .hasMessageNotContaining("Here");

    lab.server.faults().clear();
    lab.answer(question, "Here.");
    assertThat(said()).containsExactly("Here.");
  }

  @Test
  void saysThatNoAttemptWillHelpWhereItMayNotSpeak() {
    lab.server.faults().next(POST, Fault.refused("50013"));

    assertThatThrownBy(() -> lab.answer(question, "Here."))
        .isInstanceOfSatisfying(PlatformException.class, e -> assertThat(e.retryable()).isFalse());
  }

  @Test
  void takesUpWhatAnEarlierProcessBegan() {
    try (LiveReply reply = open()) {
      reply.show("Half an");
      await().untilAsserted(() -> assertThat(said()).containsExactly("Half an"));
    }
    lab.connection.close();
    lab.restarted();

    try (LiveReply reply = open(shown.getFirst())) {
      reply.finish(Reply.of("Half an answer is none."));
    }

    assertThat(said()).containsExactly("Half an answer is none.");
    assertThat(calls(POST)).hasSize(1);
  }

  @Test
  void doesNotDoubleAMessageWhoseIdWasLost() {
    try (LiveReply reply = open()) {
      reply.show("Half an");
      await().untilAsserted(() -> assertThat(said()).containsExactly("Half an"));
    }

    lab.answer(question, "Half an answer is none.");

    assertThat(said()).containsExactly("Half an answer is none.");
  }

  @Test
  void takesUpAReplyThatHadToGoToTheChannel() {
    lab.server.faults().next(OPEN, 2, Fault.refused("50013"));
    try (LiveReply reply = open()) {
      reply.show("Half an");
      await().untilAsserted(() -> assertThat(shown).hasSize(1));
    }

    try (LiveReply reply = open(shown.getFirst())) {
      reply.finish(Reply.of("Half an answer is none."));
    }

    assertThat(lab.botTexts(Place.in(lab.channel))).containsExactly("Half an answer is none.");
  }

  @Test
  void splitsALongReplyAndTakesBackWhatIsTooMuch() {
    String paragraph = "word ".repeat(300).strip();
    String text = String.join("\n\n", paragraph, paragraph, paragraph);
    try (LiveReply reply = open()) {
      reply.show(text);
      await().untilAsserted(() -> assertThat(said()).hasSize(3));
      reply.finish(Reply.of("On second thought: no."));
    }

    assertThat(said()).containsExactly("On second thought: no.");
    assertThat(shown).hasSize(3);
  }

  @Test
  void sendsManyMessagesInOrder() {
    String text = "line of a very long reply\n".repeat(600);

    lab.answer(question, text);

    assertThat(said()).hasSizeBetween(8, 9).allMatch(it -> it.length() <= ReplyMessages.LIMIT);
    assertThat(String.join("\n", said()).strip()).isEqualTo(text.strip());
  }

  @Test
  void doesNotBringBackAMessageThatSomebodyDeleted() {
    try (LiveReply reply = open()) {
      reply.show("Something");
      await().untilAsserted(() -> assertThat(said()).containsExactly("Something"));
      lab.server.faults().next(EDIT, Fault.refused("10008"));
      reply.finish(Reply.of("Something else."));
    }

    assertThat(calls(POST)).hasSize(1);
  }

  @Test
  void keepsWhatCameWhenItIsClosedUnfinished() {
    try (LiveReply reply = open()) {
      reply.show("Something");
      await().untilAsserted(() -> assertThat(said()).containsExactly("Something"));
    }

    assertThat(lab.bubbles(thread)).extracting(View.Bubble::text).contains("Something");
  }
}
