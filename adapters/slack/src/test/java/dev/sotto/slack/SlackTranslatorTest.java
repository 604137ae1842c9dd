package dev.sotto.slack;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.sotto.chat.Address;
import dev.sotto.chat.ChatEvent;
import dev.sotto.chat.Person;
import dev.sotto.chat.Platform;
import dev.sotto.chat.Workspace;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.assertj.core.api.ObjectAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlackTranslatorTest {
  private static final Workspace HOME = new Workspace(Platform.SLACK, "T1");
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-22T10:00:00Z"), ZoneOffset.UTC);

  private final SlackTranslator translator =
      new SlackTranslator(new SlackIdentity("UBOT", "T1", "Acme"), CLOCK);

  @Test
  void aMentionIsToUsAndAnsweredInTheThreadOfItsMessage() {
    Optional<ChatEvent> event =
        event(
            """
            {"type":"app_mention","user":"U1","text":"<@UBOT> hello &amp; welcome",
             "ts":"1763805600.000100","channel":"C1","event_ts":"1763805600.000100",
             "blocks":[{"type":"rich_text","elements":[]}]}
            """);

    assertThat(event)
        .contains(
            new ChatEvent.Message(
                "Ev1",
                new Address(HOME, Address.Kind.CHANNEL, "C1", Optional.of("1763805600.000100")),
                new Person(HOME, "U1"),
                Instant.parse("2025-11-22T10:00:00.000100Z"),
                "C1:1763805600.000100",
                "hello & welcome",
                true));
  }

  @Test
  void theSameMentionAsAMessageHasTheSameIdentity() {
    message(
            """
            {"type":"message","channel_type":"channel","user":"U1","text":"<@UBOT> hi",
             "ts":"1.000100","channel":"C1"}
            """)
        .returns("C1:1.000100", ChatEvent.Message::messageId)
        .returns("hi", ChatEvent.Message::text)
        .returns(true, ChatEvent.Message::toUs);
  }

  @Test
  void aFollowUpBelongsToItsThreadAndIsNotToUs() {
    message(
            """
            {"type":"message","channel_type":"channel","user":"U1","text":"and then?",
             "ts":"2.000100","thread_ts":"1.000100","channel":"C1"}
            """)
        .returns(false, ChatEvent.Message::toUs)
        .returns(Optional.of("1.000100"), message -> message.address().thread());
  }

  @Test
  void everyTopLevelDirectMessageRootsAThread() {
    message(
            """
            {"type":"message","channel_type":"im","user":"U1","text":"hello","ts":"1.000100",
             "channel":"D1","app_context":{"channel_id":"C9"}}
            """)
        .returns(true, ChatEvent.Message::toUs)
        .returns(
            new Address(HOME, Address.Kind.DIRECT, "D1", Optional.of("1.000100")),
            ChatEvent.Message::address);
  }

  @Test
  void anUploadAndABroadcastCountByTheirText() {
    message(
            """
            {"type":"message","subtype":"file_share","channel_type":"im","user":"U1",
             "text":"read this","ts":"1.000100","channel":"D1","files":[{"id":"F1"}]}
            """)
        .returns("read this", ChatEvent.Message::text);
    message(
            """
            {"type":"message","subtype":"thread_broadcast","channel_type":"channel","user":"U1",
             "text":"<@UBOT> all","ts":"2.000100","thread_ts":"1.000100","channel":"C1",
             "root":{"bot_id":"B1","text":"x"}}
            """)
        .returns("all", ChatEvent.Message::text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        """
        {"type":"message","channel":"C1","ts":"1.000100","user":"UBOT","text":"own"}\
        """,
        """
        {"type":"message","channel":"C1","ts":"1.000100","bot_id":"B1","user":"U2","text":"bot"}\
        """,
        """
        {"type":"message","subtype":"bot_message","channel":"C1","ts":"1.000100","text":"bot"}\
        """,
        """
        {"type":"message","subtype":"channel_join","channel":"C1","ts":"1.000100","user":"U1","text":"x"}\
        """,
        """
        {"type":"message","channel":"C1","ts":"1.000100","user":"U1"}\
        """,
        """
        {"type":"message","channel":"C1","ts":"1.000100","user":"U1","text":null}\
        """,
        """
        {"type":"message","channel":"C1","ts":"1.000100","user":null,"text":"x"}\
        """,
        """
        {"type":"message","channel":"C1","ts":"1.000100","user":{"id":"U1"},"text":"x"}\
        """,
        """
        {"type":"message","subtype":"message_changed","channel":"C1","ts":"1.000100",
         "message":{"user":"U1","text":"edited","ts":"0.000100"}}\
        """,
        """
        {"type":"message","subtype":"message_deleted","channel":"C1","deleted_ts":"1.000100",
         "previous_message":{"bot_id":"B1","user":"UBOT","text":"ours"}}\
        """,
        """
        {"type":"reaction_added","user":"U1","item":{"channel":"C1"}}\
        """,
        "{}"
      })
  void whatNobodySaidIsNoEvent(String event) {
    assertThat(event(event)).isEmpty();
  }

  @Test
  void aDeletionNamesTheMessageAndItsThread() {
    assertThat(
            event(
                """
                {"type":"message","subtype":"message_deleted","channel":"C1","channel_type":"channel",
                 "ts":"9.000100","event_ts":"9.000100","deleted_ts":"2.000100","hidden":true,
                 "previous_message":{"type":"message","user":"U1","text":"x","ts":"2.000100",
                 "thread_ts":"1.000100"}}
                """))
        .contains(
            new ChatEvent.Deletion(
                "Ev1",
                new Address(HOME, Address.Kind.CHANNEL, "C1", Optional.of("1.000100")),
                new Person(HOME, "U1"),
                Instant.ofEpochSecond(9, 100_000),
                "C1:2.000100"));
  }

  @Test
  void theDeletedRootOfAThreadIsADeletionToo() {
    assertThat(
            event(
                """
                {"type":"message","subtype":"message_changed","channel":"C1","ts":"9.000100",
                 "message":{"subtype":"tombstone","user":"USLACKBOT","ts":"1.000100",
                 "thread_ts":"1.000100","text":"This message was deleted."},
                 "previous_message":{"user":"U1","text":"x","ts":"1.000100","thread_ts":"1.000100"}}
                """))
        .get(InstanceOfAssertFactories.type(ChatEvent.Deletion.class))
        .returns("C1:1.000100", ChatEvent.Deletion::messageId);
  }

  @Test
  void whatAPersonRewroteIsAnEditOfItsMessage() {
    assertThat(
            event(
                """
                {"type":"message","subtype":"message_changed","channel":"C1","channel_type":"channel",
                 "ts":"9.000100","event_ts":"9.000100","hidden":true,
                 "message":{"type":"message","user":"U1","text":"<@UBOT> in &lt;May&gt;","ts":"2.000100",
                 "thread_ts":"1.000100","edited":{"user":"U1","ts":"9.000000"}},
                 "previous_message":{"type":"message","user":"U1","text":"<@UBOT> in June",
                 "ts":"2.000100","thread_ts":"1.000100"}}
                """))
        .contains(
            new ChatEvent.Edit(
                "C1:2.000100:9.000000",
                new Address(HOME, Address.Kind.CHANNEL, "C1", Optional.of("1.000100")),
                new Person(HOME, "U1"),
                Instant.ofEpochSecond(9),
                "C1:2.000100",
                "in <May>"));
  }

  @Test
  void whatIsRewrittenWithinItsFirstSecondIsRewrittenAfterItWasWritten() {
    assertThat(
            event(
                """
                {"type":"message","subtype":"message_changed","channel":"C1","ts":"9.800000",
                 "message":{"user":"U1","text":"in May","ts":"9.200100",
                 "edited":{"user":"U1","ts":"9.000000"}},
                 "previous_message":{"user":"U1","text":"in June","ts":"9.200100"}}
                """))
        .get()
        .returns(Instant.ofEpochSecond(9, 200_100_000), ChatEvent::at);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        """
        {"user":"U1","text":"see example.org","ts":"2.000100","edited":{"user":"U1","ts":"9.000000"},
         "attachments":[{"title":"unfurled"}]}\
        """,
        """
        {"user":"U1","text":"other words","ts":"2.000100"}\
        """,
        """
        {"user":"UBOT","bot_id":"B1","text":"other words","ts":"2.000100",
         "edited":{"user":"UBOT","ts":"9.000000"}}\
        """
      })
  void whatSlackAddedOrABotRewroteIsNoEdit(String message) {
    assertThat(
            event(
                """
                {"type":"message","subtype":"message_changed","channel":"C1","ts":"9.000100",
                 "message":%s,
                 "previous_message":{"user":"U1","text":"see example.org","ts":"2.000100"}}
                """
                    .formatted(message)))
        .isEmpty();
  }

  @Test
  void ofASharedChannelTheWorkspaceIsTheOneThatInstalledTheBot() {
    JsonObject payload =
        SlackJson.parse(
            """
            {"team_id":"T2","event_id":"Ev1","authorizations":[{"team_id":"T1","is_bot":true}],
             "event":{"type":"app_mention","user":"U1","text":"<@UBOT> x","ts":"1.000100","channel":"C1"}}
            """);

    assertThat(translator.event(payload)).get().returns(HOME, event -> event.address().workspace());
  }

  @Test
  void aSlashCommandIsItsWords() {
    assertThat(
            translator.command(
                SlackJson.parse(
                    """
                    {"command":"/sotto","text":" assistant use  quiz ","user_id":"U1",
                     "channel_id":"C1","team_id":"T1","trigger_id":"13.4.x",
                     "response_url":"https://hooks.example.org/1"}
                    """)))
        .contains(
            new ChatEvent.Command(
                "command:13.4.x",
                new Address(HOME, Address.Kind.CHANNEL, "C1", Optional.empty()),
                new Person(HOME, "U1"),
                CLOCK.instant(),
                "assistant use  quiz",
                "https://hooks.example.org/1"));
  }

  @Test
  void aPressSaysItsValueInTheThread() {
    assertThat(translator.press(press("1763805600.123456", "U1")))
        .contains(
            new ChatEvent.Message(
                "press:C1:U1:1763805600.123456",
                new Address(HOME, Address.Kind.CHANNEL, "C1", Optional.of("1.000100")),
                new Person(HOME, "U1"),
                Instant.parse("2025-11-22T10:00:00.123456Z"),
                "C1:U1:1763805600.123456",
                "B",
                true));
  }

  @Test
  void everyPressIsAMessageOfItsOwn() {
    assertThat(translator.press(press("1763805600.123456", "U1")))
        .isNotEqualTo(translator.press(press("1763805601.123456", "U1")));
    assertThat(translator.press(press("1763805600.123456", "U1")))
        .isNotEqualTo(translator.press(press("1763805600.123456", "U2")));
  }

  @Test
  void aPressOfAnothersButtonIsNoEvent() {
    JsonObject payload = press("1.000100", "U1");
    payload.getAsJsonArray("actions").get(0).getAsJsonObject().addProperty("action_id", "feedback");

    assertThat(translator.press(payload)).isEmpty();
  }

  private static JsonObject press(String at, String user) {
    return SlackJson.parse(
        """
        {"type":"block_actions","user":{"id":"%s","team_id":"T1"},"team":{"id":"T1"},
         "container":{"type":"message","message_ts":"2.000100","channel_id":"C1","thread_ts":"1.000100"},
         "channel":{"id":"C1","name":"general"},"trigger_id":"t","response_url":"https://x.example.org",
         "message":{"ts":"2.000100","thread_ts":"1.000100"},
         "actions":[{"type":"button","action_id":"sotto_choice_1","block_id":"b","value":"B",
         "action_ts":"%s"}]}
        """
            .formatted(user, at));
  }

  private ObjectAssert<ChatEvent.Message> message(String event) {
    return assertThat(event(event)).get(InstanceOfAssertFactories.type(ChatEvent.Message.class));
  }

  private Optional<ChatEvent> event(String event) {
    return translator.event(
        SlackJson.parse(
            """
            {"token":"x","team_id":"T1","api_app_id":"A1","type":"event_callback","event_id":"Ev1",
             "event_time":1763805600,"event":%s}
            """
                .formatted(event)));
  }
}
