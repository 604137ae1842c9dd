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
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DiscordCommandsTest {
  private static final String REGISTER = "PUT /applications/{}/commands";
  private static final String ACKNOWLEDGE = "POST /interactions/{}/{}/callback";

  private final Lab lab = new Lab().connected();

  @AfterEach
  void close() {
    lab.close();
  }

  @BeforeEach
  void registered() {
    await().untilAsserted(() -> assertThat(calls(REGISTER)).hasSize(1));
  }

  private List<Call> calls(String route) {
    return lab.server.faults().calls(route);
  }

  private ChatEvent.Command command(String line) {
    lab.server.command(lab.person, Place.in(lab.channel), line);
    return lab.event(0, ChatEvent.Command.class);
  }

  private List<View.Bubble> seenBy(String person) {
    return lab.server.view(person).bubbles(Place.in(lab.channel));
  }

  @Test
  void answersForThePersonsEyesOnly() {
    ChatEvent.Command command = command("/sotto assistant use helpdesk");
    assertThat(command.line()).isEqualTo("assistant use helpdesk");
    assertThat(command.address().thread()).isEmpty();

    lab.connection.platform().answer(command, Reply.of("Done."));

    assertThat(seenBy(lab.person))
        .anySatisfy(bubble -> {
          assertThat(bubble.text()).isEqualTo("Done.");
          assertThat(bubble.ephemeral()).isTrue();
        });
    assertThat(seenBy(lab.admin)).noneMatch(bubble -> bubble.text().equals("Done."));
  }

  @Test
  void answersLongTextsInSeveralMessages() {
    ChatEvent.Command command = command("/sotto help");

    lab.connection.platform().answer(command, Reply.of("word ".repeat(1_000)));

    assertThat(seenBy(lab.person).stream().filter(View.Bubble::ephemeral)).hasSizeGreaterThan(2);
  }

  @Test
  void answersAfterARestart() {
    ChatEvent.Command command = command("/sotto help");
    await().untilAsserted(() -> assertThat(calls(ACKNOWLEDGE)).hasSize(1));
    lab.connection.close();
    lab.restarted();

    lab.connection.platform().answer(command, Reply.of("Here I am again."));

    assertThat(seenBy(lab.person)).anyMatch(it -> it.text().equals("Here I am again."));
  }

  @Test
  void answersInDirectMessagesWhatDiscordHasForgotten() {
    ChatEvent.Command old = expiring(command("/sotto help"), Instant.EPOCH);

    lab.connection.platform().answer(old, Reply.of("Late, but here."));

    assertThat(directly()).containsExactly("Late, but here.");
  }

  @Test
  void saysForGoodThatNobodyCanBeToldWhoTakesNoDirectMessages() {
    ChatEvent.Command old = expiring(command("/sotto help"), Instant.EPOCH);
    lab.server.faults().next("POST /channels/{}/messages", Fault.refused("50007"));

    assertThatThrownBy(() -> lab.connection.platform().answer(old, Reply.of("x")))
        .isInstanceOfSatisfying(PlatformException.class, e -> assertThat(e.retryable()).isFalse());
  }

  @Test
  void editsTheAnswerWhileTheCommandGoesOnAndEndsWithTheResult() {
    ChatEvent.Command command = command("/sotto keys emergency data");

    try (LiveReply live = lab.connection.platform().open(command)) {
      live.show("10 %");
      seen("10 %");
      live.show("20 %");
      live.show("30 %");
      seen("30 %");
      live.show("40 %");
      live.finish(Reply.of("All done."));
    }

    assertThat(seenBy(lab.person))
        .singleElement()
        .satisfies(bubble -> {
          assertThat(bubble.text()).isEqualTo("All done.");
          assertThat(bubble.ephemeral()).isTrue();
        });
    assertThat(calls("PATCH /webhooks/{}/{}/messages/{}").stream().map(it -> it.field("content")))
        .containsExactly("10 %", "30 %", "All done.");
  }

  @Test
  void goesOnInDirectMessagesWhenDiscordForgetsTheCommandMeanwhile() {
    ChatEvent.Command command = command("/sotto keys emergency data");
    ChatEvent.Command soon = expiring(command, Instant.now().plusSeconds(4));

    try (LiveReply live = lab.connection.platform().open(soon)) {
      live.show("10 %");
      await().untilAsserted(() -> assertThat(directly()).containsExactly("10 %"));
      live.show("20 %");
      await().untilAsserted(() -> assertThat(directly()).containsExactly("20 %"));
      live.finish(Reply.of("All done."));
    }

    assertThat(directly()).containsExactly("All done.");
    assertThat(seenBy(lab.person))
        .singleElement()
        .satisfies(it -> assertThat(it.text()).startsWith("10 %").contains("direct messages"));
  }

  @Test
  void aButtonBelowAnAnswerCommandsInTheNameOfWhoPressesItAndGivesWayToWhatComesOfIt() {
    ChatEvent.Command command = command("/sotto keys emergency data");
    Choice yes = new Choice("Do it", "keys confirm abc");
    lab.connection.platform().answer(command, new Reply("Sure?", List.of(yes)));
    View.Bubble question = seenBy(lab.person).getFirst();

    lab.server.press(lab.person, question.id(), question.buttons().getFirst().action());
    ChatEvent.Command pressed = lab.event(1, ChatEvent.Command.class);
    lab.connection.platform().answer(pressed, Reply.of("Done."));

    assertThat(pressed.line()).isEqualTo("keys confirm abc");
    assertThat(pressed.person()).isEqualTo(command.person());
    assertThat(pressed.address()).isEqualTo(command.address());
    assertThat(seenBy(lab.person))
        .singleElement()
        .satisfies(bubble -> {
          assertThat(bubble.text()).isEqualTo("Done.");
          assertThat(bubble.buttons()).isEmpty();
          assertThat(bubble.ephemeral()).isTrue();
        });
  }

  private void seen(String text) {
    await()
        .untilAsserted(() ->
            assertThat(seenBy(lab.person)).extracting(View.Bubble::text).containsExactly(text));
  }

  private List<String> directly() {
    return lab.botTexts(Place.in(lab.server.direct(lab.person)));
  }

  private static ChatEvent.Command expiring(ChatEvent.Command command, Instant at) {
    ReplyToken token = ReplyToken.decoded(command.replyToken());
    return new ChatEvent.Command(
        command.id(),
        command.address(),
        command.person(),
        command.at(),
        command.line(),
        new ReplyToken(token.application(), token.token(), at).encoded());
  }

  @Test
  void doesNotAcknowledgeWhatTheInboxDidNotKeep() {
    lab.inbox.fail(1);
    lab.server.command(lab.person, Place.in(lab.channel), "/sotto help");
    lab.server.command(lab.person, Place.in(lab.channel), "/sotto assistant list");

    assertThat(lab.event(0, ChatEvent.Command.class).line()).isEqualTo("assistant list");
    await().untilAsserted(() -> assertThat(calls(ACKNOWLEDGE)).hasSize(1));
  }

  @Test
  void proposesValuesWhileAPersonTypes() {
    assertThat(lab.server.complete(lab.person, Place.in(lab.channel), "/sotto assistant use h"))
        .anyMatch(line -> line.contains("helpdesk"))
        .noneMatch(line -> line.contains("quiz"));
  }

  @Test
  void registersOnlyWhatDiscordDoesNotHaveYet() {
    lab.connection.close();
    lab.restarted();
    await().untilAsserted(() -> assertThat(calls("GET /applications/{}/commands")).hasSize(2));

    lab.mention("hello");
    lab.message(0);
    assertThat(calls(REGISTER)).hasSize(1);
  }

  @Test
  void goesOnWhenTheCommandsCannotBeRegistered() {
    lab.connection.close();
    lab.server.faults().next("GET /applications/{}/commands", Fault.refused("50001"));
    lab.restarted();

    lab.mention("hello");

    assertThat(lab.message(0).text()).isEqualTo("hello");
  }
}
