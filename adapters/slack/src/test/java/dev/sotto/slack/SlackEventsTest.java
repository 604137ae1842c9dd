package dev.sotto.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ch.qos.logback.classic.Level;
import com.slack.api.bolt.AppConfig;
import com.slack.api.bolt.socket_mode.request.SocketModeRequestParser;
import dev.sotto.chat.InboxUnavailableException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlackEventsTest {
  private static final String UNKNOWN =
      """
      {"envelope_id":"e1","type":"interactive","accepts_response_payload":true,
       "payload":{"type":"quite_new","user":{"id":"U1"},"text":"the canary"}}
      """;

  private final SlackWorld.MemoryInbox inbox = new SlackWorld.MemoryInbox();
  private final SlackEvents events = SlackWorld.events(inbox);

  @Test
  void aMessageIsKeptAndThenAcknowledged() throws Exception {
    assertThat(events.take(message("e1"))).contains("{\"envelope_id\":\"e1\"}");
    assertThat(inbox.messages()).singleElement().returns("hello", said -> said.text());
  }

  @Test
  void aMessageThatIsNotKeptIsNotAcknowledged() {
    inbox.down.set(1);

    assertThatExceptionOfType(InboxUnavailableException.class)
        .isThrownBy(() -> events.take(message("e1")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        UNKNOWN,
        """
        {"envelope_id":"e1","type":"events_api","payload":{"type":"event_callback",
         "event":{"type":"assistant_thread_started","assistant_thread":{}}}}\
        """,
        """
        {"envelope_id":"e1","type":"events_api","payload":{"type":"event_callback"}}\
        """,
        """
        {"envelope_id":"e1","type":"interactive","payload":{"type":"view_submission"}}\
        """,
        """
        {"envelope_id":"e1","type":"slash_commands","payload":{"command":"/sotto"}}\
        """,
        """
        {"envelope_id":"e1","type":"interactive","payload":{"type":"block_actions",
         "user":{"id":"U1"},"actions":[{"action_id":"a"},{"action_id":"b"}]}}\
        """,
        """
        {"envelope_id":"e1","type":"something_else","payload":7}\
        """
      })
  void whatIsNoneOfOursIsAcknowledgedAndForgotten(String envelope) throws Exception {
    assertThat(events.take(envelope)).isPresent();
    assertThat(inbox.events).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"type\":\"hello\"}", "{}", "", "[", "7", "{\"envelope_id\":{}}"})
  void whatIsNoEnvelopeIsNotAcknowledged(String message) throws Exception {
    assertThat(events.take(message)).isEmpty();
  }

  @Test
  void whatBoltDoesNotKnowIsNotWrittenIntoItsLog() throws Exception {
    try (Logs logs = new Logs(Level.TRACE)) {
      events.take(UNKNOWN);
      assertThat(logs.lines()).noneMatch(line -> line.contains("canary"));

      new SocketModeRequestParser(new AppConfig()).parse(UNKNOWN);
      assertThat(logs.lines()).as("Bolt alone").anyMatch(line -> line.contains("canary"));
    }
  }

  private static String message(String envelope) {
    return """
    {"envelope_id":"%s","type":"events_api","accepts_response_payload":false,"retry_attempt":0,
     "retry_reason":"","payload":{"type":"event_callback","team_id":"T1","event_id":"Ev1",
     "event":{"type":"app_mention","user":"U1","channel":"C1","ts":"1.000100",
     "text":"<@UBOT> hello"}}}
    """
        .formatted(envelope);
  }
}
