package dev.sotto.discord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sotto.chat.ChatEvent;
import dev.sotto.chat.PlatformException;
import dev.sotto.chat.Reply;
import dev.sotto.sandbox.side.Call;
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
  void doesNotAnswerWhatDiscordHasForgotten() {
    ChatEvent.Command command = command("/sotto help");
    ReplyToken token = ReplyToken.decoded(command.replyToken());
    ChatEvent.Command old =
        new ChatEvent.Command(
            command.id(),
            command.address(),
            command.person(),
            command.at(),
            command.line(),
            new ReplyToken(token.application(), token.token(), Instant.EPOCH).encoded());

    assertThatThrownBy(() -> lab.connection.platform().answer(old, Reply.of("x")))
        .isInstanceOfSatisfying(PlatformException.class, e -> assertThat(e.retryable()).isFalse());
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
    lab.server
        .faults()
        .next("GET /applications/{}/commands", dev.sotto.sandbox.side.Fault.refused("50001"));
    lab.restarted();

    lab.mention("hello");

    assertThat(lab.message(0).text()).isEqualTo("hello");
  }
}
