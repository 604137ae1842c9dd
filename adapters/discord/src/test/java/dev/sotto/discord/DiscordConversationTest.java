package dev.sotto.discord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sotto.chat.Address.Kind;
import dev.sotto.chat.ChatEvent;
import dev.sotto.chat.PlatformException;
import dev.sotto.chat.Reply;
import dev.sotto.chat.Reply.Choice;
import dev.sotto.sandbox.discord.Permission;
import dev.sotto.sandbox.side.Place;
import dev.sotto.sandbox.side.View;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DiscordConversationTest {
  private final Lab lab = new Lab().connected();

  @AfterEach
  void close() {
    lab.close();
  }

  @Test
  void answersAMentionInAThreadAndFollowsUpThere() {
    String root = lab.mention("what is new?");
    ChatEvent.Message question = lab.message(0);
    assertThat(question.text()).isEqualTo("what is new?");
    assertThat(question.toUs()).isTrue();
    assertThat(question.address().thread()).contains(root);

    lab.answer(question, "Nothing.");
    Place thread = Place.in(lab.channel, root);
    assertThat(lab.botTexts(thread)).containsExactly("Nothing.");

    lab.server.say(lab.person, thread, "and now?");
    ChatEvent.Message more = lab.message(1);
    assertThat(more.address()).isEqualTo(question.address());
    assertThat(more.toUs()).isFalse();

    lab.answer(more, "Still nothing.");
    assertThat(lab.botTexts(thread)).containsExactly("Nothing.", "Still nothing.");
    assertThat(lab.botTexts(Place.in(lab.channel))).isEmpty();
  }

  @Test
  void takesAFollowUpThatOvertakesTheMentionOnItsWayToTheInbox() {
    lab.inbox.fail(1);
    String root = lab.mention("kept late");

    lab.server.say(lab.person, Place.in(lab.channel, root), "and this?");

    lab.message(1);
    assertThat(lab.inbox.texts()).containsExactly("kept late", "and this?");
  }

  @Test
  void answersADirectMessage() {
    String direct = lab.server.direct(lab.person);
    lab.server.say(lab.person, Place.in(direct), "psst");

    ChatEvent.Message question = lab.message(0);
    assertThat(question.address().kind()).isEqualTo(Kind.DIRECT);
    assertThat(question.address().workspace().id()).isEqualTo(lab.server.applicationId());
    assertThat(question.toUs()).isTrue();

    lab.answer(question, "Yes?");
    assertThat(lab.botTexts(Place.in(direct))).containsExactly("Yes?");
    assertThat(lab.connection.platform().name(question.address())).isEmpty();
  }

  @Test
  void repliesInTheChannelWhereItMayOpenNoThread() {
    lab.server.deny(lab.channel, Permission.CREATE_PUBLIC_THREADS);
    String question = lab.mention("hello");

    ChatEvent.Message event = lab.message(0);
    lab.answer(event, "Hi.");

    assertThat(lab.botTexts(Place.in(lab.channel))).containsExactly("Hi.");
    assertThat(lab.server.faults().calls("POST /channels/{}/messages").getLast())
        .satisfies(call -> assertThat(call.field("message_reference")).contains(question));
  }

  @Test
  void repliesInTheChannelWhenTheRightToOpenAThreadIsGoneMeanwhile() {
    lab.mention("hello");
    ChatEvent.Message event = lab.message(0);
    lab.server.deny(lab.channel, Permission.CREATE_PUBLIC_THREADS);

    lab.answer(event, "Hi.");

    assertThat(lab.botTexts(Place.in(lab.channel))).containsExactly("Hi.");
  }

  @Test
  void usesTheThreadThatSomebodyElseOpened() {
    String root = lab.mention("hello");
    ChatEvent.Message event = lab.message(0);
    Place thread = Place.in(lab.channel, root);
    lab.server.say(lab.person, thread, "I begin a thread myself");

    lab.answer(event, "Hi.");

    assertThat(lab.botTexts(thread)).containsExactly("Hi.");
  }

  @Test
  void tellsTheNamesOfAPlace() {
    lab.mention("hello");

    assertThat(lab.connection.platform().name(lab.message(0).address()))
        .hasValueSatisfying(name -> {
          assertThat(name.channel()).isNotEmpty().doesNotContain("#");
          assertThat(name.workspace()).isNotEmpty();
        });
    assertThat(lab.connection.description()).isEqualTo("Discord (1 server)");
  }

  @Test
  void hearsWhatIsSaidInAChannelWithoutAMentionAsNotMeantForIt() {
    lab.server.say(lab.server.otherBot(), Place.in(lab.channel), lab.server.mention() + " I");
    lab.server.say(lab.person, Place.in(lab.channel), "just talking, @everyone");
    lab.mention("now you");

    assertThat(lab.message(0).text()).isEqualTo("now you");
    assertThat(lab.inbox.texts()).containsExactly("now you");
  }

  @Test
  void takesNewWordsOnceAndInTheirTurn() {
    Place thread = Place.in(lab.channel, lab.mention("my name is Ada"));
    lab.answer(lab.message(0), "Yes.");
    String more = lab.server.say(lab.person, thread, "I live in Kyiv");
    lab.message(1);

    lab.server.edit(lab.person, more, "I live in Lviv");
    lab.server.edit(
        lab.person, thread.thread().orElseThrow(), lab.server.mention() + " my name is Grace");
    lab.server.sockets().redeliver();
    lab.server.react(lab.person, more, "👋");
    lab.server.say(lab.person, thread, "and now?");

    lab.event(4, ChatEvent.class);
    assertThat(lab.inbox.events())
        .extracting(DiscordConversationTest::words)
        .containsExactlyInAnyOrder(
            "my name is Ada",
            "I live in Kyiv",
            "* I live in Lviv",
            "* my name is Grace",
            "and now?");
    assertThat(lab.inbox.events())
        .extracting(DiscordConversationTest::words)
        .filteredOn(it -> !it.contains("Grace"))
        .containsExactly("my name is Ada", "I live in Kyiv", "* I live in Lviv", "and now?");
    assertThat(lab.event(2, ChatEvent.class).address()).isEqualTo(lab.message(0).address());
  }

  private static String words(ChatEvent event) {
    return switch (event) {
      case ChatEvent.Message it -> it.text();
      case ChatEvent.Edit it -> "* " + it.text();
      case ChatEvent.Command _, ChatEvent.Deletion _ -> "";
    };
  }

  @Test
  void forgetsWhatIsDeleted() {
    String root = lab.mention("a secret");
    ChatEvent.Message said = lab.message(0);

    lab.server.delete(lab.person, root);

    ChatEvent.Deletion deletion = lab.event(1, ChatEvent.Deletion.class);
    assertThat(deletion.messageId()).isEqualTo(root);
    assertThat(deletion.address()).isEqualTo(said.address());
  }

  @Test
  void givesUpOnADeletedThread() {
    String root = lab.mention("hello");
    lab.answer(lab.message(0), "Hi.");
    lab.server.say(lab.person, Place.in(lab.channel, root), "more");
    ChatEvent.Message more = lab.message(1);

    lab.server.deleteThread(lab.admin, root);

    assertThatThrownBy(() -> lab.answer(more, "Too late."))
        .isInstanceOfSatisfying(PlatformException.class, e -> assertThat(e.retryable()).isFalse())
        .hasMessageNotContaining(root);
  }

  @Test
  void mentionsNobodyWhateverAModelSays() {
    lab.mention("call everyone");
    lab.answer(lab.message(0), "@everyone @here <@" + lab.person + ">");

    assertThat(lab.server.faults().calls("POST /channels/{}/messages"))
        .allSatisfy(call -> {
          assertThat(call.field("allowed_mentions")).contains("\"parse\":[]");
          assertThat(call.field("flags")).isEqualTo("4");
        });
  }

  @Test
  void takesThePressOfAButtonAsAMessage() {
    String root = lab.mention("quiz");
    lab.answer(
        lab.message(0), new Reply("A or B?", List.of(new Choice("A", "a"), new Choice("B", "b"))));
    View.Bubble question = lab.bubbles(Place.in(lab.channel, root)).getLast();
    assertThat(question.buttons()).extracting(View.Button::label).containsExactly("A", "B");

    lab.server.press(lab.person, question.id(), question.buttons().getLast().action());

    ChatEvent.Message press = lab.message(1);
    assertThat(press.text()).isEqualTo("b");
    assertThat(press.toUs()).isTrue();
    assertThat(press.address()).isEqualTo(lab.message(0).address());
    await()
        .untilAsserted(() ->
            assertThat(lab.server.faults().calls("POST /interactions/{}/{}/callback")).hasSize(1));

    lab.answer(press, "Right.");
    assertThat(lab.botTexts(Place.in(lab.channel, root))).containsExactly("A or B?", "Right.");
  }
}
