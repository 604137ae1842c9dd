package dev.sotto.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.sotto.chat.ChatEvent;
import dev.sotto.chat.LiveReply;
import dev.sotto.chat.PlatformException;
import dev.sotto.chat.Reply;
import dev.sotto.chat.Reply.Choice;
import dev.sotto.chat.ReplyTarget;
import dev.sotto.sandbox.side.Fault;
import dev.sotto.sandbox.side.Place;
import dev.sotto.sandbox.side.View;
import dev.sotto.sandbox.slack.SlackServer;
import dev.sotto.sandbox.slack.SlackTiming;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlackReplyTest {
  private static final String LONG =
      IntStream.range(0, 400)
          .mapToObj(i -> "Paragraph " + i + " " + "word ".repeat(10).strip())
          .collect(Collectors.joining("\n\n"));

  private final SlackWorld world = new SlackWorld();
  private final SlackConnection connection = world.connect();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void aWholeAnswerIsOneCall() {
    ChatEvent.Message question = world.ask("hello");
    int before = world.slack.faults().calls().size();

    answer(question, "Hello **Maria**");

    assertThat(world.texts(question)).containsExactly("Hello **Maria**");
    assertThat(world.slack.faults().calls()).hasSize(before + 1);
    assertThat(world.slack.faults().calls().getLast().fields())
        .containsEntry("unfurl_links", "0")
        .containsEntry("unfurl_media", "0");
    assertThat(world.shown).containsExactly(world.replies(question).getFirst().id());
  }

  @Test
  void aGrowingAnswerIsSeenBeforeItIsFinished() {
    ChatEvent.Message question = world.ask("tell me");
    try (LiveReply reply = world.open(connection, world.target(question))) {
      reply.show("Once upon");
      await()
          .untilAsserted(() ->
              assertThat(world.replies(question))
                  .singleElement()
                  .returns("Once upon", View.Bubble::text)
                  .returns(true, View.Bubble::streaming));
      reply.show("Once upon a time " + "x".repeat(300));
      await().untilAsserted(() -> assertThat(world.texts(question).getFirst()).endsWith("xxx"));

      reply.finish(Reply.of("Once upon a time " + "x".repeat(300) + " the end"));
    }

    assertThat(world.replies(question))
        .singleElement()
        .returns("Once upon a time " + "x".repeat(300) + " the end", View.Bubble::text)
        .returns(false, View.Bubble::streaming);
    assertThat(world.calls("chat.update")).isZero();
    assertThat(world.shown).hasSize(1);
  }

  @Test
  void showsTheBotAtWorkWhileItThinksAndNoLonger() {
    ChatEvent.Message question = world.ask("think");
    try (LiveReply reply = world.open(connection, world.target(question))) {
      await().until(() -> world.calls("assistant.threads.setStatus") == 1);
      reply.finish(Reply.of("done"));
    }

    assertThat(world.slack.faults().calls("assistant.threads.setStatus"))
        .extracting(call -> call.field("status"))
        .containsExactly("is thinking…", "");
  }

  @Test
  void aTextThatWasNotAnExtensionReplacesWhatWasShown() {
    ChatEvent.Message question = world.ask("hello");
    try (LiveReply reply = world.open(connection, world.target(question))) {
      reply.show("The answer is 41");
      await().until(() -> !world.replies(question).isEmpty());

      reply.finish(Reply.of("I do not know"));
    }

    assertThat(world.texts(question)).containsExactly("I do not know");
  }

  @Test
  void aLongAnswerIsSplitAtParagraphsAndWhole() {
    ChatEvent.Message question = world.ask("everything");
    try (LiveReply reply = world.open(connection, world.target(question))) {
      reply.show(LONG.substring(0, 9_000));
      await().until(() -> world.replies(question).size() == 1);
      reply.show(LONG.substring(0, 11_600));
      reply.show(LONG.substring(0, 14_000));
      await().until(() -> world.replies(question).size() == 2);
      reply.finish(Reply.of(LONG));
    }

    assertThat(String.join("\n\n", world.texts(question))).isEqualTo(LONG);
    assertThat(world.texts(question)).hasSize(3);
    assertThat(world.shown)
        .containsExactlyElementsOf(world.replies(question).stream().map(View.Bubble::id).toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"unknown_method", "missing_scope", "internal_error"})
  void withoutStreamsTheAnswerIsPostedAndUpdated(String error) {
    world.slack.faults().next("chat.startStream", Fault.refused(error));
    ChatEvent.Message question = world.ask("hello");
    try (LiveReply reply = world.open(connection, world.target(question))) {
      reply.show("Once upon");
      await().untilAsserted(() -> assertThat(world.texts(question)).containsExactly("Once upon"));
      reply.show("Once upon a time");
      await()
          .untilAsserted(
              () -> assertThat(world.texts(question)).containsExactly("Once upon a time"));
      reply.finish(Reply.of(LONG));
    }

    assertThat(String.join("\n\n", world.texts(question))).isEqualTo(LONG);
    assertThat(world.texts(question)).allMatch(text -> text.length() <= 3_900);
    assertThat(world.calls("chat.startStream")).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"message_not_in_streaming_state", "unknown_method", "fatal_error"})
  void aStreamThatBreaksIsContinuedByUpdates(String error) {
    ChatEvent.Message question = world.ask("hello");
    try (LiveReply reply = world.open(connection, world.target(question))) {
      reply.show("Once upon");
      await().until(() -> !world.replies(question).isEmpty());
      world.slack.faults().next("chat.appendStream", Fault.refused(error));
      reply.show("Once upon a time");
      await()
          .untilAsserted(
              () -> assertThat(world.texts(question)).containsExactly("Once upon a time"));
      reply.finish(Reply.of("Once upon a time, the end"));
    }

    assertThat(world.texts(question)).containsExactly("Once upon a time, the end");
  }

  @Test
  void aStreamThatSlackEndedIsUpdated() {
    try (SlackWorld brief =
        new SlackWorld(
            new SlackServer(SlackTiming.compressed().withStreamLife(Duration.ofMillis(200))))) {
      SlackConnection to = brief.connect();
      ChatEvent.Message question = brief.ask("hello");
      try (LiveReply reply = brief.open(to, brief.target(question))) {
        reply.show("Once upon");
        await().until(() -> brief.replies(question).stream().anyMatch(b -> !b.streaming()));
        reply.finish(Reply.of("Once upon a time"));
      }

      assertThat(brief.texts(question)).containsExactly("Once upon a time");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"unanswered", "cut", "slow", "broken", "late", "refused"})
  void aPostThatFailsLeavesExactlyOneReply(String how) {
    world.slack.faults().next("chat.postMessage", fault(how));
    ChatEvent.Message question = world.ask("hello");

    answer(question, "Hello");

    await().untilAsserted(() -> assertThat(world.texts(question)).containsExactly("Hello"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"unanswered", "cut", "slow", "broken", "late", "refused"})
  void aStreamWhoseStartFailsLeavesExactlyOneReply(String how) {
    world.slack.faults().next("chat.startStream", fault(how));
    finishesAsOneReply();
  }

  @ParameterizedTest
  @ValueSource(strings = {"unanswered", "cut", "slow", "broken", "late", "refused"})
  void aStreamWhoseEndFailsLeavesExactlyOneReply(String how) {
    world.slack.faults().next("chat.stopStream", fault(how));
    finishesAsOneReply();
  }

  private void finishesAsOneReply() {
    ChatEvent.Message question = world.ask("hello");
    try (LiveReply reply = world.open(connection, world.target(question))) {
      reply.show("Once upon");
      await().until(() -> world.calls("chat.startStream") == 1);
      reply.finish(Reply.of("Once upon a time"));
    }

    await()
        .untilAsserted(() ->
            assertThat(world.replies(question))
                .singleElement()
                .returns("Once upon a time", View.Bubble::text)
                .returns(false, View.Bubble::streaming));
  }

  private static Fault fault(String how) {
    return switch (how) {
      case "unanswered" -> Fault.unanswered();
      case "cut" -> Fault.cut();
      case "slow" -> Fault.slow(SlackWorld.TIMEOUT.plusSeconds(1));
      case "broken" -> Fault.broken(500);
      case "late" -> Fault.tooMany(Duration.ofSeconds(1));
      default -> Fault.refused("internal_error");
    };
  }

  @Test
  void aReplyThatAnEarlierAttemptBeganIsContinued() {
    ChatEvent.Message question = world.ask("hello");
    ReplyTarget first = world.target(question);
    try (LiveReply reply = world.open(connection, first)) {
      reply.show("Once upon");
      await().until(() -> !world.shown.isEmpty());
    }

    ReplyTarget again = world.target(question, List.copyOf(world.shown));
    try (LiveReply reply = world.open(connection, again)) {
      reply.finish(Reply.of("A whole new answer"));
    }

    assertThat(world.texts(question)).containsExactly("A whole new answer");
  }

  @Test
  void aReplyThatAnotherProcessHasPostedIsFoundByItsKey() {
    ChatEvent.Message question = world.ask("hello");
    ReplyTarget target = world.target(question);
    try (LiveReply reply = world.open(connection, target)) {
      reply.finish(Reply.of("Hello"));
    }
    SlackConnection other = world.connect();

    try (LiveReply reply = world.open(other, target)) {
      reply.finish(Reply.of("Hello"));
    }

    assertThat(world.texts(question)).containsExactly("Hello");
  }

  @Test
  void aRefusalIsPermanentAndALongWaitIsLeftToTheCaller() {
    ChatEvent.Message question = world.ask("hello");
    world.slack.faults().next("chat.postMessage", Fault.refused("channel_not_found"));
    world.slack.faults().next("chat.postMessage", Fault.tooMany(Duration.ofMinutes(2)));

    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(() -> answer(question, "Hello"))
        .withMessage("chat.postMessage: channel_not_found")
        .returns(false, PlatformException::retryable);
    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(() -> answer(question, "Hello"))
        .returns(true, PlatformException::retryable)
        .returns(Duration.ofMinutes(2), PlatformException::retryAfter);
  }

  @Test
  void choicesAreButtonsWhoseValueComesBack() {
    ChatEvent.Message question = world.ask("quiz");
    Reply choice = new Reply("Which?", List.of(new Choice("Red", "r"), new Choice("Blue", "b")));
    try (LiveReply reply = world.open(connection, world.target(question))) {
      reply.finish(choice);
    }
    View.Bubble asked = world.replies(question).getFirst();
    assertThat(asked.text()).isEqualTo("Which?");

    world.slack.press(SlackServer.TOM, asked.id(), asked.buttons().get(1).action());
    await().until(() -> world.inbox.messages().count() == 2);
    ChatEvent.Message pressed = world.inbox.messages().toList().getLast();

    assertThat(pressed.text()).isEqualTo("b");
    assertThat(pressed.person().id()).isEqualTo(SlackServer.TOM);
    assertThat(pressed.address()).isEqualTo(question.address());
    assertThat(pressed.toUs()).isTrue();
  }

  @Test
  void choicesStandBelowAStreamToo() {
    ChatEvent.Message question = world.ask("quiz");
    try (LiveReply reply = world.open(connection, world.target(question))) {
      reply.show("Which");
      await().until(() -> !world.replies(question).isEmpty());
      reply.finish(new Reply("Which?", List.of(new Choice("Red", "r"))));
    }

    View.Bubble asked = world.replies(question).getFirst();
    assertThat(asked.text()).startsWith("Which?");
    assertThat(asked.buttons()).extracting(View.Button::label).containsExactly("Red");
  }

  @Test
  void nobodyIsCalledByAnAnswer() {
    ChatEvent.Message question = world.ask("hello");

    answer(question, "<!channel> and <@U0SANDTOM01>");

    assertThat(world.slack.faults().calls("chat.postMessage").getLast().field("markdown_text"))
        .isEqualTo("&lt;!channel> and &lt;@U0SANDTOM01>");
  }

  @Test
  void manyThatStreamAtOnceAreEachWholeAndSingle() {
    int many = 300;
    IntStream.range(0, many)
        .forEach(i ->
            world.slack.say(
                SlackServer.MARIA, Place.in(SlackServer.GENERAL), "@sotto question " + i));
    await().until(() -> world.inbox.messages().count() == many);
    List<ChatEvent.Message> questions = world.inbox.messages().toList();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      questions.forEach(question -> threads.execute(() -> stream(question)));
    }

    assertThat(questions)
        .allSatisfy(question ->
            assertThat(world.texts(question)).containsExactly("Answer to " + question.text()));
  }

  private void stream(ChatEvent.Message question) {
    try (LiveReply reply = world.open(connection, world.target(question))) {
      reply.show("Answer");
      await().until(() -> !world.replies(question).isEmpty());
      reply.show("Answer to");
      reply.finish(Reply.of("Answer to " + question.text()));
    }
  }

  private void answer(ChatEvent.Message question, String text) {
    try (LiveReply reply = world.open(connection, world.target(question))) {
      reply.finish(Reply.of(text));
    }
  }

  @Test
  void continuesWhatAnEarlierProcessShowedAlsoBeforeItIsConnected() {
    ChatEvent.Message question = world.ask("hello");
    ReplyTarget target = world.target(question);
    try (LiveReply reply = world.open(connection, target)) {
      reply.finish(Reply.of("Good day."));
    }
    SlackConnection next = world.connection(world.settings(), Clock.systemUTC());

    try (LiveReply reply = world.open(next, target)) {
      reply.finish(Reply.of("Good day."));
    }

    assertThat(world.texts(question)).containsExactly("Good day.");
  }
}
