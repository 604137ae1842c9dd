package dev.sotto.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import com.slack.api.Slack;
import com.slack.api.SlackConfig;
import com.slack.api.util.http.SlackHttpClient;
import dev.sotto.chat.Address;
import dev.sotto.chat.ChatEvent;
import dev.sotto.chat.ChatPlatform.PlaceName;
import dev.sotto.chat.ConnectionException;
import dev.sotto.chat.LiveReply;
import dev.sotto.chat.PlatformException;
import dev.sotto.chat.Reply;
import dev.sotto.chat.Reply.Choice;
import dev.sotto.chat.Secret;
import dev.sotto.sandbox.side.Fault;
import dev.sotto.sandbox.side.Place;
import dev.sotto.sandbox.side.View;
import dev.sotto.sandbox.slack.SlackServer;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlackConnectionTest {
  private final SlackWorld world = new SlackWorld();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void aMentionIsAnsweredInItsThreadAndFollowedUpThere() {
    SlackConnection connection = world.connect();
    ChatEvent.Message question = world.ask("hello");
    try (LiveReply reply = world.open(connection, world.target(question))) {
      reply.finish(Reply.of("Hello"));
    }
    String root = question.address().thread().orElseThrow();
    String ts =
        world.slack.say(SlackServer.MARIA, Place.in(SlackServer.GENERAL, root), "and then?");
    ChatEvent.Message followUp = world.arrived(ts);

    assertThat(question.toUs()).isTrue();
    assertThat(question.text()).isEqualTo("hello");
    assertThat(followUp.toUs()).isFalse();
    assertThat(followUp.address()).isEqualTo(question.address());
    assertThat(world.texts(question)).containsExactly("Hello");
    assertThat(world.inbox.messages()).hasSize(2);
  }

  @Test
  void aDirectMessageRootsItsOwnThread() {
    SlackConnection connection = world.connect();
    String direct = world.slack.direct(SlackServer.TOM);
    String ts = world.slack.say(SlackServer.TOM, Place.in(direct), "hello");
    ChatEvent.Message question = world.arrived(ts);
    try (LiveReply reply = world.open(connection, world.target(question))) {
      reply.finish(Reply.of("Hello Tom"));
    }

    assertThat(question.address().kind()).isEqualTo(Address.Kind.DIRECT);
    assertThat(question.toUs()).isTrue();
    assertThat(question.address().thread()).contains(ts);
    assertThat(world.texts(question)).containsExactly("Hello Tom");
  }

  @Test
  void whatWasNotKeptIsNotAcknowledgedAndComesAgain() {
    world.connect();
    world.inbox.down.set(2);

    ChatEvent.Message question = world.ask("hello");

    assertThat(question.text()).isEqualTo("hello");
    await().until(() -> world.slack.pending() == 0);
    assertThat(world.slack.lost()).isZero();
    assertThat(world.inbox.deliveries.get()).isGreaterThanOrEqualTo(3);
  }

  @Test
  void whatWasKeptOrIsNoneOfOursIsAcknowledged() {
    world.connect();
    world.slack.enter(SlackServer.MARIA, Place.in(world.slack.direct(SlackServer.MARIA)));
    ChatEvent.Message question = world.ask("hello");
    world.slack.sockets().redeliver();
    world.slack.react(SlackServer.TOM, question.address().thread().orElseThrow(), "eyes");

    await().until(() -> world.slack.pending() == 0);
    assertThat(world.inbox.messages()).hasSize(1);
    assertThat(world.slack.lost()).isZero();
  }

  @Test
  void aMegabyteArrivesWhole() {
    world.connect();
    ChatEvent.Message question = world.ask("x".repeat(900_000));

    assertThat(question.text()).hasSize(900_000);
  }

  @Test
  void aDroppedSocketIsReplacedAndNothingIsLost() {
    world.connect();
    world.ask("one");
    world.slack.sockets().drop();
    String ts = world.slack.say(SlackServer.MARIA, Place.in(SlackServer.GENERAL), "@sotto two");

    assertThat(world.arrived(ts).text()).isEqualTo("two");
  }

  @Test
  void whatWasOnItsWayInASocketThatIsLostComesBeforeWhatIsSaidThen() {
    world.connect();
    ChatEvent.Message root = world.ask("one");
    Place thread = Place.in(SlackServer.GENERAL, root.address().thread().orElseThrow());
    world.slack.sockets().freeze();
    world.slack.say(SlackServer.MARIA, thread, "two");
    world.slack.sockets().drop();
    world.arrived(world.slack.say(SlackServer.MARIA, thread, "three"));

    assertThat(world.inbox.messages())
        .extracting(ChatEvent.Message::text)
        .containsExactly("one", "two", "three");
  }

  @ParameterizedTest
  @ValueSource(strings = {"warning", "refresh_requested"})
  void aSocketThatSlackWantsReplacedIsReplacedBeforeItEnds(String reason) {
    SlackConnection connection = world.connect();
    world.slack.disconnect(reason);
    await().until(() -> world.calls("apps.connections.open") == 2);

    assertThat(world.ask("hello").text()).isEqualTo("hello");
    await().until(connection::connected);
  }

  @Test
  void aServerThatWasGoneIsFoundAgain() {
    SlackConnection connection = world.connect();
    world.sandbox.unplug();
    await().until(() -> !connection.connected());
    world.sandbox.plug();

    await().atMost(Duration.ofSeconds(20)).until(connection::connected);
    assertThat(world.ask("hello").text()).isEqualTo("hello");
  }

  @Test
  void twoConnectionsShareTheEvents() {
    world.connect();
    world.connect();
    for (int i = 0; i < 6; i++) {
      world.ask("question " + i);
    }

    assertThat(world.slack.sockets().open()).isEqualTo(2);
    assertThat(world.inbox.messages()).hasSize(6);
  }

  @ParameterizedTest
  @ValueSource(strings = {"internal_error", "ratelimited"})
  void aStartThatFailsForAWhileIsTriedAgain(String error) {
    world.slack.faults().next("auth.test", Fault.refused(error));
    world.slack.faults().next("apps.connections.open", Fault.broken(500));
    world.slack.faults().next("apps.connections.open", Fault.tooMany(Duration.ofSeconds(1)));

    assertThat(world.connect().connected()).isTrue();
  }

  @Test
  void aBadTokenIsOneLineThatNamesItAndTheMend() {
    for (String token : List.of("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN")) {
      boolean bot = token.equals("SLACK_BOT_TOKEN");
      SlackSettings good = world.settings();
      SlackSettings bad =
          new SlackSettings(
              bot ? Secret.of("xoxb-not-a-token-at-all") : good.botToken(),
              bot ? good.appToken() : Secret.of("xapp-not-a-token-at-all"),
              good.apiUrl(),
              good.trust());

      assertThatExceptionOfType(ConnectionException.class)
          .isThrownBy(() -> connect(bad))
          .withMessageContainingAll(token, "invalid_auth", bot ? "xoxb-" : "connections:write")
          .withMessageNotContaining("\n")
          .withMessageNotContaining("not-a-token");
    }
  }

  @Test
  void aMissingScopeIsOneLineThatNamesIt() {
    world.slack.withdraw("chat:write");

    assertThatExceptionOfType(ConnectionException.class)
        .isThrownBy(() -> connect(world.settings()))
        .withMessageContainingAll("SLACK_BOT_TOKEN", "chat:write");
  }

  @Test
  void aScopeThatOnlySomethingNeedsIsAWarning() {
    world.slack.withdraw("commands");
    try (Logs logs = new Logs(Level.WARN)) {
      assertThat(world.connect().connected()).isTrue();
      assertThat(logs.lines()).singleElement().asString().contains("commands");
    }
  }

  @Test
  void aCommandIsAnsweredForItsPersonAlone() {
    SlackConnection connection = world.connect();
    ChatEvent.Command command = command("/sotto assistant list");
    Reply reply = new Reply("**One**: " + "word ".repeat(900), List.of(new Choice("Yes", "y")));
    connection.platform().answer(command, reply);

    List<View.Bubble> seen =
        world.slack.view(SlackServer.MARIA).channel(SlackServer.GENERAL).bubbles();
    assertThat(command.line()).isEqualTo("assistant list");
    assertThat(seen).allMatch(View.Bubble::ephemeral).hasSize(2);
    assertThat(seen.getFirst().text()).startsWith("**One**");
    assertThat(seen.getLast().buttons()).extracting(View.Button::label).containsExactly("Yes");
    assertThat(world.slack.view(SlackServer.TOM).channel(SlackServer.GENERAL).bubbles()).isEmpty();
  }

  @Test
  void aCommandWhosePlaceToAnswerIsGoneIsAnsweredAnyway() {
    SlackConnection connection = world.connect();
    ChatEvent.Command command = command("/sotto help");
    for (String token : List.of("", command.replyToken() + "gone")) {
      connection
          .platform()
          .answer(
              new ChatEvent.Command(
                  command.id(),
                  command.address(),
                  command.person(),
                  command.at(),
                  command.line(),
                  token),
              Reply.of("Help"));
    }

    assertThat(world.slack.view(SlackServer.MARIA).channel(SlackServer.GENERAL).bubbles())
        .hasSize(2)
        .allMatch(View.Bubble::ephemeral)
        .extracting(View.Bubble::text)
        .containsOnly("Help");
  }

  @Test
  void namesAChannelAndAsksForItOnce() {
    SlackConnection connection = world.connect();
    Address address = world.ask("hello").address();

    assertThat(connection.platform().name(address))
        .isEqualTo(Optional.of(new PlaceName("general", "Acme Slack")));
    assertThat(connection.platform().name(address)).isPresent();
    assertThat(world.calls("conversations.info")).isEqualTo(1);
  }

  @Test
  void aNameThatCannotBeAskedForJustNowIsNotTakenForNone() {
    SlackConnection connection = world.connect();
    Address address = world.ask("hello").address();
    world.slack.faults().next("conversations.info", Fault.broken(503));

    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(() -> connection.platform().name(address))
        .matches(PlatformException::retryable);

    assertThat(connection.platform().name(address)).isPresent();
  }

  @Test
  void whereItMayNotAskForNamesItHasNone() {
    world.slack.withdraw("channels:read");
    SlackConnection connection = world.connect();

    assertThat(connection.platform().name(world.ask("hello").address())).isEmpty();
  }

  @Test
  void closesWithinTwoSecondsAndStaysClosed() {
    SlackConnection connection = world.connect();
    long begin = System.nanoTime();
    connection.close();

    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(2));
    await()
        .during(Duration.ofSeconds(3))
        .atMost(Duration.ofSeconds(5))
        .until(() -> world.slack.sockets().open() == 0);
    assertThat(world.calls("apps.connections.open")).isEqualTo(1);
  }

  @Test
  void closesWhileTheServerIsGoneAndDoesNotComeBack() {
    SlackConnection connection = world.connect();
    world.sandbox.unplug();
    await().until(() -> !connection.connected());
    connection.close();
    world.sandbox.plug();

    await()
        .during(Duration.ofSeconds(3))
        .atMost(Duration.ofSeconds(5))
        .until(() -> world.slack.sockets().open() == 0);
  }

  @Test
  void noLogLineOfAnyLibraryHoldsWhatWasSaidOrWhoSaidIt() {
    try (Logs logs = new Logs(Level.TRACE)) {
      SlackConnection connection = world.connect();
      ChatEvent.Message question = world.ask("the canary sings");
      world.slack.faults().next("chat.startStream", Fault.refused("unknown_method"));
      try (LiveReply reply = world.open(connection, world.target(question))) {
        reply.show("the parrot");
        await().until(() -> !world.replies(question).isEmpty());
        reply.finish(Reply.of("the parrot answers"));
      }
      connection.platform().answer(command("/sotto the canary"), Reply.of("the parrot"));
      world.slack.sockets().drop();
      world.ask("the canary again");
      connection.close();

      assertThat(logs.lines()).anyMatch(line -> line.contains("com.slack.api.bolt"));
      assertThat(logs.lines())
          .noneMatch(line ->
              line.contains("canary")
                  || line.contains("parrot")
                  || line.contains(SlackServer.MARIA)
                  || line.contains(SlackServer.GENERAL)
                  || line.contains("ticket")
                  || line.contains(world.slack.botToken())
                  || line.contains(world.slack.appToken()));
    }
  }

  @Test
  void theSdkAsItComesWouldHaveLoggedIt() throws Exception {
    SlackConfig config = new SlackConfig();
    config.setMethodsEndpointUrlPrefix(world.slack.apiUrl().toString());
    config.setStatsEnabled(false);
    SlackHttpClient http =
        new SlackHttpClient(
            Tls.okHttp(new OkHttpClient(), SlackWorld.trust(world.sandbox), SlackWorld.TIMEOUT));
    http.setConfig(config);
    try (Logs logs = new Logs(Level.TRACE)) {
      Slack.getInstance(config, http)
          .methods(world.slack.botToken())
          .chatPostMessage(post -> post.channel(SlackServer.GENERAL).text("the canary"));

      assertThat(logs.lines()).anyMatch(line -> line.contains("canary"));
    }
  }

  @Test
  void aSocketAddressWithoutTlsIsRefusedAndAskedForAgain() {
    Map<String, String> plain = Map.of("ok", "true", "url", "ws://localhost:1/link?ticket=x");
    world.slack.faults().next("apps.connections.open", Fault.refused("none", plain));
    try (Logs logs = new Logs(Level.WARN)) {
      assertThat(world.connect().connected()).isTrue();
      assertThat(logs.lines()).singleElement().asString().contains("Slack", "wss", "TLS");
    }
    assertThat(world.calls("apps.connections.open")).isEqualTo(2);
  }

  private void connect(SlackSettings settings) {
    world.connection(settings, Clock.systemUTC()).connect(world.inbox, new SlackWorld.NoCommands());
  }

  private ChatEvent.Command command(String line) {
    world.slack.command(SlackServer.MARIA, Place.in(SlackServer.GENERAL), line);
    return await()
        .until(
            () ->
                world.inbox.events.stream()
                    .filter(ChatEvent.Command.class::isInstance)
                    .map(ChatEvent.Command.class::cast)
                    .findFirst(),
            Optional::isPresent)
        .orElseThrow();
  }
}
