package dev.sotto.sandbox.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sotto.sandbox.Sandbox;
import dev.sotto.sandbox.side.Place;
import dev.sotto.sandbox.slack.SlackClient.Socket;
import java.net.URI;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SocketModeTest {
  private static final Place HELP = Place.in(SlackServer.IT_HELP);
  private static final String EVENTS = "events_api";

  private final SlackServer slack = new SlackServer(SlackTiming.compressed());
  private final Sandbox sandbox = Sandbox.start(0, slack);
  private final SlackClient client = new SlackClient(sandbox, slack);

  @AfterEach
  void stop() {
    sandbox.close();
  }

  @Test
  void tellsOfAMentionTwiceWithTwoIds() throws Exception {
    Socket socket = client.connect(true);

    String ts = slack.say(SlackServer.TOM, HELP, "@sotto hello");

    soon().until(() -> socket.all(EVENTS).size() == 2);
    assertThat(socket.events("message").getFirst().path("ts").asText()).isEqualTo(ts);
    assertThat(socket.events("app_mention").getFirst().path("ts").asText()).isEqualTo(ts);
    assertThat(socket.events("app_mention").getFirst().path("text").asText())
        .isEqualTo("<@" + slack.bot() + "> hello");
    assertThat(Socket.eventIds(socket.all(EVENTS))).doesNotHaveDuplicates();
    soon().until(() -> slack.pending() == 0);
  }

  @Test
  void tellsOfADirectMessageOnce() throws Exception {
    Socket socket = client.connect(true);

    slack.say(SlackServer.TOM, Place.in(slack.direct(SlackServer.TOM)), "@sotto hello");

    JsonNode event = socket.first(EVENTS).at("/payload/event");
    assertThat(event.path("channel_type").asText()).isEqualTo("im");
    assertThat(event.path("user").asText()).isEqualTo(SlackServer.TOM);
    soon().until(() -> slack.pending() == 0);
    assertThat(socket.all(EVENTS)).hasSize(1);
  }

  @Test
  void tellsOfRepliesEditsAndDeletions() throws Exception {
    Socket socket = client.connect(true);
    String root = slack.say(SlackServer.TOM, HELP, "root");
    String reply = slack.say(SlackServer.PRIYA, Place.in(SlackServer.IT_HELP, root), "reply");
    slack.edit(SlackServer.PRIYA, reply, "better reply");
    slack.delete(SlackServer.PRIYA, reply);

    soon().until(() -> socket.all(EVENTS).size() == 4);
    List<JsonNode> events = socket.events("message");
    assertThat(events.get(1).path("thread_ts").asText()).isEqualTo(root);
    assertThat(events.get(1).path("parent_user_id").asText()).isEqualTo(SlackServer.TOM);
    assertThat(events.get(2).path("subtype").asText()).isEqualTo("message_changed");
    assertThat(events.get(2).at("/message/text").asText()).isEqualTo("better reply");
    assertThat(events.get(3).path("subtype").asText()).isEqualTo("message_deleted");
    assertThat(events.get(3).path("deleted_ts").asText()).isEqualTo(reply);
  }

  @Test
  void leavesATombstoneWhereAThreadWasRooted() throws Exception {
    Socket socket = client.connect(true);
    String root = slack.say(SlackServer.TOM, HELP, "root");
    slack.say(SlackServer.PRIYA, Place.in(SlackServer.IT_HELP, root), "reply");

    slack.delete(SlackServer.TOM, root);

    soon().until(() -> socket.all(EVENTS).size() == 3);
    JsonNode event = socket.events("message").getLast();
    assertThat(event.path("subtype").asText()).isEqualTo("message_changed");
    assertThat(event.at("/message/subtype").asText()).isEqualTo("tombstone");
    assertThat(event.at("/previous_message/text").asText()).isEqualTo("root");
  }

  @Test
  void givesUpOnTheAbsentWhenToldTo() throws Exception {
    slack.say(SlackServer.TOM, HELP, "waits");
    slack.giveUpOnTheAbsent();
    slack.say(SlackServer.TOM, HELP, "does not");
    assertThat(slack.lost()).isEqualTo(2);

    Socket socket = client.connect(true);
    slack.say(SlackServer.TOM, HELP, "arrives");

    soon().until(() -> !socket.events("message").isEmpty());
    assertThat(socket.events("message"))
        .extracting(event -> event.path("text").asText())
        .containsExactly("arrives");
  }

  @Test
  void deliversAgainWhatNobodyAcknowledged() throws Exception {
    Socket silent = client.connect(false);
    slack.say(SlackServer.TOM, HELP, "hello");

    soon().until(() -> silent.all(EVENTS).size() == 4);

    List<JsonNode> tries = silent.all(EVENTS);
    assertThat(tries).extracting(t -> t.path("retry_attempt").asInt()).containsExactly(0, 1, 2, 3);
    assertThat(tries)
        .extracting(t -> t.path("retry_reason").asText())
        .containsExactly("", "timeout", "timeout", "timeout");
    assertThat(tries).extracting(t -> t.path("envelope_id").asText()).doesNotHaveDuplicates();
    assertThat(Socket.eventIds(tries).distinct()).hasSize(1);
    soon().until(() -> slack.lost() == 1);
  }

  @Test
  void acceptsAnAcknowledgementInTimeAndNoLater() throws Exception {
    Socket socket = client.connect(false);
    slack.say(SlackServer.TOM, HELP, "hello");
    soon().until(() -> socket.all(EVENTS).size() == 2);

    socket.acknowledge(socket.all(EVENTS).get(0), Json.object());
    assertThat(slack.pending()).isEqualTo(1);

    socket.acknowledge(socket.all(EVENTS).get(1), Json.object());
    soon().until(() -> slack.pending() == 0);
  }

  @Test
  void givesEachEventToExactlyOneOfManyConnections() throws Exception {
    List<Socket> sockets = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      sockets.add(client.connect(true));
    }

    for (int i = 0; i < 30; i++) {
      slack.say(SlackServer.TOM, HELP, "message " + i);
    }

    soon().until(() -> slack.pending() == 0);
    List<JsonNode> all = sockets.stream().flatMap(socket -> socket.all(EVENTS).stream()).toList();
    assertThat(Socket.eventIds(all)).hasSize(30).doesNotHaveDuplicates();
    assertThat(sockets).allSatisfy(socket -> assertThat(socket.all(EVENTS)).isNotEmpty());
  }

  @Test
  void sendsTheEleventhConnectionAway() throws Exception {
    for (int i = 0; i < SocketMode.MOST_LINKS; i++) {
      client.connect(true);
    }
    String url =
        SlackClient.json(client.send("apps.connections.open", slack.appToken()))
            .path("url")
            .asText();
    Socket eleventh = client.socket(url);

    assertThat(eleventh.first("disconnect").path("reason").asText())
        .isEqualTo("too_many_websockets");
    soon().until(eleventh::closed);
  }

  @Test
  void takesATicketOnce() throws Exception {
    String url =
        SlackClient.json(client.send("apps.connections.open", slack.appToken()))
            .path("url")
            .asText();
    client.socket(url);

    assertThatThrownBy(() ->
            client
                .http()
                .newWebSocketBuilder()
                .buildAsync(URI.create(url), new WebSocket.Listener() {})
                .join())
        .hasMessageContaining("WebSocketHandshakeException");
  }

  @Test
  void keepsEventsForWhoeverConnectsNext() throws Exception {
    slack.say(SlackServer.TOM, HELP, "is anybody there?");

    assertThat(client.connect(true).first(EVENTS).at("/payload/event/text").asText())
        .isEqualTo("is anybody there?");
  }

  @Test
  void asksForAnotherConnection() throws Exception {
    Socket socket = client.connect(true);

    slack.disconnect("refresh_requested");

    assertThat(socket.first("disconnect").path("reason").asText()).isEqualTo("refresh_requested");
    assertThat(socket.closed()).isFalse();
  }

  @Test
  void dropsConnectionsWithoutAWord() throws Exception {
    Socket socket = client.connect(true);

    slack.sockets().drop();

    soon().until(socket::closed);
    assertThat(slack.sockets().open()).isZero();
  }

  @Test
  void freezesConnections() throws Exception {
    Socket socket = client.connect(true);
    socket.ping();
    soon().until(() -> socket.pongs() == 1);

    slack.sockets().freeze();
    socket.ping();
    slack.say(SlackServer.TOM, HELP, "hello");
    Socket other = client.connect(true);

    assertThat(other.first(EVENTS).path("retry_attempt").asInt()).isEqualTo(1);
    assertThat(socket.pongs()).isEqualTo(1);
    assertThat(socket.closed()).isFalse();
    assertThat(socket.all(EVENTS)).isEmpty();
  }

  @Test
  void holdsEventsBackAndReleasesThemInOrder() throws Exception {
    Socket socket = client.connect(true);
    slack.sockets().hold();
    List.of("one", "two", "three").forEach(text -> slack.say(SlackServer.TOM, HELP, text));
    assertThat(slack.pending()).isEqualTo(3);

    slack.sockets().release();

    soon().until(() -> socket.all(EVENTS).size() == 3);
    assertThat(socket.events("message"))
        .extracting(event -> event.path("text").asText())
        .containsExactly("one", "two", "three");
  }

  @Test
  void redeliversTheLastEventWithItsId() throws Exception {
    Socket socket = client.connect(true);
    slack.say(SlackServer.TOM, HELP, "hello");
    soon().until(() -> slack.pending() == 0);

    slack.sockets().redeliver();

    soon().until(() -> socket.all(EVENTS).size() == 2);
    assertThat(Socket.eventIds(socket.all(EVENTS)).distinct()).hasSize(1);
  }

  @Test
  void hearsNothingFromWhereTheBotIsNot() throws Exception {
    Socket socket = client.connect(true);
    slack.member(SlackServer.GENERAL, false);

    slack.say(SlackServer.TOM, Place.in(SlackServer.GENERAL), "@sotto hello");
    slack.say(SlackServer.TOM, HELP, "over here");

    assertThat(socket.first(EVENTS).at("/payload/event/channel").asText())
        .isEqualTo(SlackServer.IT_HELP);
  }

  @Test
  void tellsWhenAPersonOpensTheConversationAndWhenTheyStopIt() throws Exception {
    Socket socket = client.connect(true);
    slack.enter(SlackServer.TOM, Place.in(slack.direct(SlackServer.TOM)));
    String root = slack.say(SlackServer.TOM, HELP, "@sotto tell me");
    String stream =
        client
            .call(
                "chat.startStream",
                "channel",
                SlackServer.IT_HELP,
                "thread_ts",
                root,
                "recipient_team_id",
                slack.team(),
                "recipient_user_id",
                SlackServer.TOM)
            .path("ts")
            .asText();

    slack.stop(SlackServer.TOM, SlackServer.IT_HELP, root);

    soon().until(() -> !socket.events("agent_session_stopped").isEmpty());
    assertThat(socket.events("app_home_opened").getFirst().path("tab").asText())
        .isEqualTo("messages");
    assertThat(
            socket
                .events("agent_session_stopped")
                .getFirst()
                .at("/streaming_message_ts/0")
                .asText())
        .isEqualTo(stream);
    assertThat(
            client
                .call(
                    "chat.appendStream",
                    "channel",
                    SlackServer.IT_HELP,
                    "ts",
                    stream,
                    "markdown_text",
                    "more")
                .path("error")
                .asText())
        .isEqualTo("stopped_by_user");
  }

  private static ConditionFactory soon() {
    return await().atMost(Duration.ofSeconds(15));
  }
}
