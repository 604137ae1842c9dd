package dev.sotto.discord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sotto.chat.ChatEvent;
import dev.sotto.chat.ConnectionException;
import dev.sotto.chat.Secret;
import dev.sotto.sandbox.discord.CloseCode;
import dev.sotto.sandbox.discord.Rules;
import dev.sotto.sandbox.side.Fault;
import dev.sotto.sandbox.side.Place;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class DiscordConnectionTest {
  private static final Duration LONG = Duration.ofSeconds(25);

  @Test
  void saysThatTheTokenIsWrong() {
    try (Lab lab = new Lab();
        DiscordConnection wrong = lab.connection("not.a.token")) {
      assertThatThrownBy(() -> wrong.connect(lab.inbox, new FixedCatalogue()))
          .isInstanceOf(ConnectionException.class)
          .hasMessageContaining("DISCORD_TOKEN")
          .hasMessageNotContaining("not.a.token");
    }
  }

  @Test
  void saysThatTheIntentIsMissing() {
    try (Lab lab = new Lab(Rules.real().withoutMessageContent())) {
      assertThatThrownBy(lab::connected)
          .isInstanceOf(ConnectionException.class)
          .hasMessageContaining("Message Content");
    }
  }

  @Test
  void refusesAnApiWithoutTls() {
    try (Lab lab = new Lab()) {
      URI plain = URI.create(lab.server.apiUrl().toString().replace("https:", "http:"));
      DiscordSettings settings =
          new DiscordSettings(
              Secret.of("t"), plain, Lab.trust(lab.sandbox.certificateAuthority()), Lab.TIMEOUT);
      try (DiscordConnection connection =
          new DiscordConnection(settings, new ShardTable().program(), Clock.systemUTC())) {
        assertThatThrownBy(() -> connection.connect(lab.inbox, new FixedCatalogue()))
            .isInstanceOf(ConnectionException.class)
            .hasMessageContaining("https://");
      }
    }
  }

  @Test
  void waitsForAPlatformThatIsNotThereYet() {
    try (Lab lab = new Lab();
        Logs logs = new Logs()) {
      lab.sandbox.unplug();
      CompletableFuture<Void> connecting = CompletableFuture.runAsync(lab::connected);
      await().until(() -> logs.lines().stream().anyMatch(it -> it.contains("not reachable")));
      assertThat(connecting).isNotDone();

      lab.sandbox.plug();

      assertThat(connecting).succeedsWithin(LONG);
      assertThat(lab.connection.connected()).isTrue();
    }
  }

  @Test
  void canBeClosedWhileItWaits() {
    try (Lab lab = new Lab()) {
      lab.sandbox.unplug();
      CompletableFuture<Void> connecting = CompletableFuture.runAsync(lab::connected);

      lab.connection.close();

      assertThat(connecting).succeedsWithin(LONG);
      assertThat(lab.connection.connected()).isFalse();
      lab.sandbox.plug();
    }
  }

  @Test
  void resumesAfterTheSocketDroppedAndHearsWhatItMissedOnce() {
    try (Lab lab = new Lab().connected()) {
      lab.mention("before");
      lab.message(0);

      lab.server.sockets().drop();
      lab.mention("meanwhile");

      assertThat(lab.message(1).text()).isEqualTo("meanwhile");
      lab.mention("after");
      assertThat(lab.message(2).text()).isEqualTo("after");
      assertThat(lab.inbox.texts()).containsExactly("before", "meanwhile", "after");
    }
  }

  @Test
  void reconnectsWhenAskedTo() {
    try (Lab lab = new Lab().connected()) {
      lab.server.askToReconnect();
      lab.mention("hello");

      assertThat(lab.message(0).text()).isEqualTo("hello");
    }
  }

  @Test
  void comesBackAfterALongOutageAtTheAddressItWasGiven() {
    try (Lab lab = new Lab().connected()) {
      lab.sandbox.unplug();
      lab.server.sockets().drop();
      await().until(() -> !lab.connection.connected());

      lab.sandbox.plug();

      await().atMost(LONG).until(lab.connection::connected);
      lab.mention("hello");
      assertThat(lab.message(0).text()).isEqualTo("hello");
    }
  }

  @Test
  void asksForWhatItMissedWhenTheSessionIsLost() {
    try (Lab lab = new Lab().connected()) {
      Place thread = Place.in(lab.channel, lab.mention("first"));
      lab.answer(lab.message(0), "Yes.");

      lab.server.loseSessions();
      lab.server.say(lab.person, thread, "in the thread");
      lab.mention("in the channel");

      await().atMost(LONG).until(() -> lab.inbox.events().size() == 3);
      assertThat(lab.inbox.texts())
          .containsExactlyInAnyOrder("first", "in the thread", "in the channel");
    }
  }

  @Test
  void asksForWhatItMissedWhileItWasDownBeforeWhatComes() {
    try (Lab lab = new Lab().connected()) {
      String direct = lab.server.direct(lab.person);
      Place thread = Place.in(lab.channel, lab.mention("first"));
      lab.answer(lab.message(0), "Yes.");
      lab.server.say(lab.person, Place.in(direct), "psst");
      lab.message(1);
      lab.connection.close();

      for (int i = 0; i < 130; i++) {
        lab.server.say(lab.person, thread, "missed " + i);
      }
      lab.server.say(lab.person, Place.in(direct), "are you there?");
      lab.mention("a new one");
      lab.restarted();
      lab.server.say(lab.person, thread, "live");

      await().atMost(LONG).until(() -> lab.inbox.events().size() == 2 + 130 + 3);
      List<String> inThread =
          lab.inbox.texts().stream().filter(it -> it.matches("(missed|live).*")).toList();
      assertThat(inThread).startsWith("missed 0", "missed 1").endsWith("missed 129", "live");
      assertThat(lab.inbox.texts()).contains("are you there?", "a new one");
    }
  }

  @Test
  void asksForNewWordsOfWhatItKnowsInTheirTurn() {
    try (Lab lab = new Lab().connected()) {
      Place direct = Place.in(lab.server.direct(lab.person));
      String root = lab.mention("my name is Ada");
      Place thread = Place.in(lab.channel, root);
      lab.answer(lab.message(0), "Yes.");
      String told = lab.server.say(lab.person, direct, "psst");
      lab.message(1);
      lab.connection.close();

      String fresh = lab.server.say(lab.person, thread, "who am I?");
      lab.server.edit(lab.person, root, lab.server.mention() + " my name is Grace");
      lab.server.edit(lab.person, told, "psst!");
      lab.server.say(lab.person, direct, "did you hear?");
      lab.server.edit(lab.person, fresh, "who am I now?");
      lab.server.delete(lab.person, lab.server.say(lab.person, direct, "never mind"));
      lab.restarted();

      await().atMost(LONG).until(() -> lab.inbox.events().size() == 6);
      assertThat(lab.inbox.texts())
          .containsExactlyInAnyOrder("my name is Ada", "psst", "who am I now?", "did you hear?");
      assertThat(lab.inbox.events())
          .filteredOn(ChatEvent.Edit.class::isInstance)
          .extracting(it -> ((ChatEvent.Edit) it).text())
          .containsExactlyInAnyOrder("my name is Grace", "psst!");
    }
  }

  /** Discord tells when words were changed more exactly than when a message was written. */
  @Test
  void takesNewWordsBeforeWhatIsSaidInTheSameMillisecond() {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS).plusNanos(700_000);
    try (Lab lab = new Lab(Rules.real(), Clock.fixed(now, ZoneOffset.UTC)).connected()) {
      Place direct = Place.in(lab.server.direct(lab.person));
      String told = lab.server.say(lab.person, direct, "my name is Ada");
      lab.message(0);
      lab.connection.close();

      lab.server.edit(lab.person, told, "my name is Grace");
      lab.server.say(lab.person, direct, "who am I?");
      lab.restarted();

      await().atMost(LONG).until(() -> lab.inbox.events().size() == 3);
      assertThat(lab.inbox.events())
          .hasExactlyElementsOfTypes(
              ChatEvent.Message.class, ChatEvent.Edit.class, ChatEvent.Message.class);
    }
  }

  @Test
  void skipsPlacesThatAreGone() {
    try (Lab lab = new Lab().connected()) {
      String gone = lab.mention("first");
      lab.answer(lab.message(0), "Yes.");
      lab.mention("second");
      lab.message(1);
      lab.connection.close();

      lab.server.deleteThread(lab.admin, gone);
      lab.restarted();
      lab.mention("third");

      assertThat(lab.message(2).text()).isEqualTo("third");
    }
  }

  @Test
  void keepsEventsInOrderWhileTheInboxIsNotAvailable() {
    try (Lab lab = new Lab().connected()) {
      lab.inbox.fail(3);
      lab.mention("one");
      lab.mention("two");
      lab.mention("three");

      lab.message(2);
      assertThat(lab.inbox.texts()).containsExactly("one", "two", "three");
    }
  }

  @Test
  void saysOnceWhenTheTokenIsTakenBack() {
    try (Lab lab = new Lab().connected();
        Logs logs = new Logs()) {
      lab.server.closeSockets(CloseCode.AUTHENTICATION_FAILED);

      await().until(() -> logs.lines().stream().anyMatch(it -> it.contains("DISCORD_TOKEN")));
      assertThat(lab.connection.connected()).isFalse();
      assertThat(logs.lines()).filteredOn(it -> it.contains("DISCORD_TOKEN")).hasSize(1);
    }
  }

  @Test
  void closesWithinTwoSecondsEvenWithAReplyUnderWay() {
    try (Lab lab = new Lab().connected()) {
      lab.mention("hello");
      lab.server.faults().next("POST /channels/{}/messages", Fault.unanswered());
      CompletableFuture<Void> answer =
          CompletableFuture.runAsync(() -> lab.answer(lab.message(0), "Hi."));
      await().until(() -> !lab.server.faults().calls("POST /channels/{}/messages").isEmpty());

      long begin = System.nanoTime();
      lab.connection.close();

      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(2));
      assertThat(answer).failsWithin(LONG);
    }
  }

  @Test
  void logsNothingThatPeopleSaidAndNoIdsOrTokens() {
    try (Lab lab = new Lab();
        Logs logs = new Logs()) {
      lab.connected();
      String root = lab.mention("the canary sings");
      lab.answer(lab.message(0), "the other canary sings too");
      lab.server.faults().next("POST /channels/{}/messages", 9, Fault.broken(500));
      lab.server.say(lab.person, Place.in(lab.channel, root), "canary again");
      assertThatThrownBy(() -> lab.answer(lab.message(1), "canary"))
          .hasMessageNotContaining("canary");
      lab.server.sockets().drop();
      lab.mention("last canary");
      lab.message(2);

      assertThat(logs.lines())
          .isNotEmpty()
          .noneMatch(line -> line.contains("canary"))
          .noneMatch(line -> line.contains(root) || line.contains(lab.person))
          .noneMatch(line -> line.contains(lab.server.botToken()));
    }
  }
}
