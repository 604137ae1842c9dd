package dev.sotto.slack;

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
import dev.sotto.sandbox.slack.SlackServer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Answers to commands that take long, through Slack's own rules about ephemeral messages. */
class SlackCommandsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final SlackWorld world = new SlackWorld();
  private final SlackConnection connection = world.connect();
  private final String direct = world.slack.direct(SlackServer.MARIA);

  @AfterEach
  void close() {
    world.close();
  }

  private ChatEvent.Command command(String channel) {
    world.slack.command(SlackServer.MARIA, Place.in(channel), "/sotto keys rotate");
    return arrived(1);
  }

  private ChatEvent.Command arrived(int commands) {
    await().until(() -> world.inbox.events.size() == commands);
    return (ChatEvent.Command) world.inbox.events.getLast();
  }

  private List<View.Bubble> seenBy(String person, String channel) {
    return world.slack.view(person).channel(channel).bubbles();
  }

  private List<String> texts(String channel) {
    return seenBy(SlackServer.MARIA, channel).stream().map(View.Bubble::text).toList();
  }

  private void directly(String text) {
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(texts(direct)).containsExactly(text));
  }

  @Test
  void showsHowItGoesOnInDirectMessagesAndTheResultAlsoWhereItWasAsked() {
    ChatEvent.Command command = command(SlackServer.GENERAL);

    try (LiveReply live = connection.platform().open(command)) {
      live.show("10 %");
      directly("10 %");
      live.show("20 %");
      live.show("30 %");
      directly("30 %");
      live.show("40 %");
      live.finish(Reply.of("All done."));
    }

    assertThat(texts(direct)).containsExactly("All done.");
    assertThat(seenBy(SlackServer.MARIA, SlackServer.GENERAL)).allMatch(View.Bubble::ephemeral);
    assertThat(texts(SlackServer.GENERAL))
        .satisfiesExactly(
            begun -> assertThat(begun).startsWith("10 %").contains("direct messages"),
            done -> assertThat(done).isEqualTo("All done."));
    assertThat(seenBy(SlackServer.TOM, SlackServer.GENERAL)).isEmpty();
    assertThat(updates()).containsExactly("30 %", "All done.");
  }

  @Test
  void goesOnInOneMessageWhereItWasAskedInDirectMessages() {
    ChatEvent.Command command = command(direct);

    try (LiveReply live = connection.platform().open(command)) {
      live.show("10 %");
      directly("10 %");
      live.finish(Reply.of("All done."));
    }

    assertThat(texts(direct)).containsExactly("All done.");
  }

  @Test
  void usesThePlaceToAnswerTwiceHoweverOftenThereIsSomethingNew() {
    ChatEvent.Command command = command(SlackServer.GENERAL);

    try (LiveReply live = connection.platform().open(command)) {
      for (int percent = 0; percent < 100; percent++) {
        live.show(percent + " %");
      }
      directly("99 %");
      live.finish(Reply.of("All done."));
    }

    assertThat(world.calls("response_url")).isEqualTo(2);
    assertThat(texts(SlackServer.GENERAL)).last().isEqualTo("All done.");
  }

  @Test
  void givesTheResultAnywayWhenThePlaceToAnswerHasExpiredMeanwhile() {
    ChatEvent.Command command = command(SlackServer.GENERAL);

    try (LiveReply live = connection.platform().open(command)) {
      live.show("10 %");
      directly("10 %");
      world.slack.faults().next("response_url", Fault.refused("expired_url"));
      live.finish(Reply.of("All done."));
    }

    assertThat(texts(SlackServer.GENERAL)).last().isEqualTo("All done.");
    assertThat(world.calls("chat.postEphemeral")).isEqualTo(1);
  }

  @Test
  void givesTheResultInDirectMessagesWhereItMayNotSpeakAnyMore() {
    ChatEvent.Command command = command(SlackServer.GENERAL);
    world.slack.faults().next("response_url", Fault.refused("expired_url"));
    world.slack.member(SlackServer.GENERAL, false);

    connection.platform().answer(command, Reply.of("All done."));

    assertThat(texts(direct)).containsExactly("All done.");
  }

  @Test
  void givesTheResultWhereItWasAskedWhenThereAreNoDirectMessages() {
    world.slack.withdraw("im:write");
    ChatEvent.Command command = command(SlackServer.GENERAL);

    try (LiveReply live = connection.platform().open(command)) {
      live.show("10 %");
      await().untilAsserted(() -> assertThat(texts(SlackServer.GENERAL)).containsExactly("10 %"));
      live.finish(Reply.of("All done."));
    }

    assertThat(texts(SlackServer.GENERAL)).containsExactly("10 %", "All done.");
    assertThat(texts(direct)).isEmpty();
  }

  @Test
  void saysForGoodThatTheResultCouldBeGivenNowhere() {
    ChatEvent.Command command = command(SlackServer.GENERAL);
    world.slack.faults().next("response_url", Fault.refused("expired_url"));
    world.slack.member(SlackServer.GENERAL, false);
    world.slack.faults().next("conversations.open", Fault.refused("user_disabled"));

    assertThatThrownBy(() -> connection.platform().answer(command, Reply.of("x")))
        .isInstanceOfSatisfying(PlatformException.class, e -> assertThat(e.retryable()).isFalse());
  }

  @Test
  void aButtonBelowAnAnswerCommandsInTheNameOfWhoPressesItAndGivesWayToWhatComesOfIt() {
    ChatEvent.Command command = command(SlackServer.GENERAL);
    Choice yes = new Choice("Do it", "keys confirm abc");
    connection.platform().answer(command, new Reply("Sure?", List.of(yes)));
    View.Bubble question = seenBy(SlackServer.MARIA, SlackServer.GENERAL).getFirst();

    world.slack.press(SlackServer.MARIA, question.id(), question.buttons().getFirst().action());
    ChatEvent.Command pressed = arrived(2);
    try (LiveReply live = connection.platform().open(pressed)) {
      live.show("10 %");
      directly("10 %");
      live.finish(Reply.of("Done."));
    }

    assertThat(pressed.line()).isEqualTo("keys confirm abc");
    assertThat(pressed.person()).isEqualTo(command.person());
    assertThat(pressed.address()).isEqualTo(command.address());
    assertThat(seenBy(SlackServer.MARIA, SlackServer.GENERAL))
        .singleElement()
        .satisfies(bubble -> {
          assertThat(bubble.text()).isEqualTo("Done.");
          assertThat(bubble.buttons()).isEmpty();
          assertThat(bubble.ephemeral()).isTrue();
        });
    assertThatThrownBy(() ->
            world.slack.press(
                SlackServer.TOM, question.id(), question.buttons().getFirst().action()))
        .isInstanceOf(RuntimeException.class);
  }

  private List<String> updates() {
    return world.slack.faults().calls("chat.update").stream()
        .map((Call it) -> it.field("markdown_text"))
        .toList();
  }
}
