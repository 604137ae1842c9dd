package dev.sotto.discord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sotto.chat.ChatEvent;
import dev.sotto.chat.Reply;
import dev.sotto.sandbox.discord.CloseCode;
import dev.sotto.sandbox.discord.Rules;
import dev.sotto.sandbox.discord.Rules.Starts;
import dev.sotto.sandbox.side.Fault;
import dev.sotto.sandbox.side.Place;
import dev.sotto.sandbox.side.View;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Programs that share one bot, and a bot of several shards. */
class DiscordShardsTest {
  private static final Duration LONG = Duration.ofSeconds(25);
  private static final Duration APART = Duration.ofSeconds(5);
  private static final String ACKNOWLEDGE = "POST /interactions/{}/{}/callback";

  /** Two shards that may begin side by side. */
  private static final Starts TWO = new Starts(2, 2, APART, 1_000);

  /** One program that is connected, and another that stands by. */
  private static DiscordConnection standingBy(Lab lab, RecordingInbox inbox) {
    DiscordConnection other = lab.connection(lab.table.program());
    other.connect(inbox, new FixedCatalogue());
    return other;
  }

  @Test
  void oneIsConnectedAndTheOtherStandsByAndSpeaks() {
    RecordingInbox none = new RecordingInbox();
    try (Lab lab = new Lab().connected();
        DiscordConnection other = standingBy(lab, none)) {
      assertThat(other.description()).contains("stands by");
      assertThat(other.connected()).isFalse();
      assertThat(lab.server.connected(0)).isEqualTo(1);
      Place thread = Place.in(lab.channel, lab.mention("who is there?"));
      ChatEvent.Message question = lab.message(0);

      lab.answer(other, question, Reply.of("I am."));

      assertThat(lab.botTexts(thread)).containsExactly("I am.");
      assertThat(other.platform().name(question.address()))
          .isPresent()
          .isEqualTo(lab.connection.platform().name(question.address()));
      assertThat(none.events()).isEmpty();
      assertThat(lab.server.started(0)).isEqualTo(1);
    }
  }

  @Test
  void theOtherAnswersACommandThatIsNotAcknowledgedYet() {
    try (Lab lab = new Lab().connected();
        DiscordConnection other = standingBy(lab, new RecordingInbox())) {
      lab.server.faults().next(ACKNOWLEDGE, Fault.tooMany(Duration.ofSeconds(1)));
      lab.server.command(lab.person, Place.in(lab.channel), "/sotto help");

      other.platform().answer(lab.event(0, ChatEvent.Command.class), Reply.of("Help yourself."));

      assertThat(lab.server.view(lab.person).bubbles(Place.in(lab.channel)))
          .extracting(View.Bubble::text)
          .contains("Help yourself.");
    }
  }

  @Test
  void theOtherTakesOverAndAsksForWhatWasMissed() {
    try (Lab lab = new Lab()) {
      ShardTable.Program first = lab.table.program();
      try (DiscordConnection dying = lab.connection(first)) {
        dying.connect(lab.inbox, new FixedCatalogue());
        Place thread = Place.in(lab.channel, lab.mention("before"));
        lab.answer(dying, lab.message(0), Reply.of("Yes."));
        try (DiscordConnection other = standingBy(lab, lab.inbox)) {
          first.die();
          lab.server.say(lab.person, thread, "meanwhile");

          await().atMost(LONG).until(other::connected);
          await().until(() -> lab.server.connected(0) == 1);
          lab.server.say(lab.person, thread, "after");
          lab.message(2);

          assertThat(lab.inbox.texts()).containsExactly("before", "meanwhile", "after");
          assertThat(dying.connected()).isFalse();
          assertThat(dying.description()).contains("stands by");
        }
      }
    }
  }

  @Test
  void oneProgramServesAllShardsAndHearsEverythingOnce() {
    try (Lab lab = new Lab(Rules.real().withStarts(TWO)).connected()) {
      assertThat(lab.connection.description()).isEqualTo("Discord (1 server, 2 of 2 shards)");

      lab.server.say(lab.person, Place.in(lab.server.direct(lab.person)), "psst");
      lab.message(0);
      lab.mention("hello");
      lab.message(1);

      assertThat(lab.inbox.texts()).containsExactly("psst", "hello");
      assertThat(List.of(lab.server.started(0), lab.server.started(1))).containsExactly(1, 1);
      assertThat(lab.server.startedTooSoon()).isZero();
    }
  }

  @Test
  void twoProgramsComeToServeAShardEach() {
    RecordingInbox elsewhere = new RecordingInbox();
    try (Lab lab = new Lab(Rules.real().withStarts(TWO)).connected();
        DiscordConnection other = standingBy(lab, elsewhere)) {
      await().atMost(LONG).until(() -> other.connected() && lab.connection.connected());
      await().until(() -> lab.server.connected(0) == 1 && lab.server.connected(1) == 1);

      lab.server.say(lab.person, Place.in(lab.server.direct(lab.person)), "psst");
      lab.message(0);
      lab.mention("hello");
      await().until(() -> !elsewhere.events().isEmpty());

      assertThat(lab.inbox.texts()).containsExactly("psst");
      assertThat(elsewhere.texts()).containsExactly("hello");
    }
  }

  @Test
  void beginsOneShardAfterTheOtherWhereDiscordWantsIt() {
    ShardTable table = new ShardTable(APART);
    try (Lab lab = new Lab(Rules.real().withStarts(Starts.of(2)));
        DiscordConnection patient = lab.connection(table.program())) {
      patient.connect(lab.inbox, new FixedCatalogue());

      assertThat(patient.connected()).isTrue();
      assertThat(lab.server.startedTooSoon()).isZero();
    }
  }

  @Test
  void twinThatDoesNotTakeTurnsIsRefusedAndComesBack() {
    try (Lab lab = new Lab(Rules.real().withStarts(Starts.of(2))).connected()) {
      assertThat(lab.server.startedTooSoon()).isPositive();
      assertThat(lab.connection.connected()).isTrue();
    }
  }

  @Test
  void waitsWhenDiscordLetsNoSessionBeginAnyMore() {
    try (Lab lab = new Lab(Rules.real().withStarts(new Starts(1, 1, APART, 0)));
        Logs logs = new Logs()) {
      CompletableFuture<Void> connecting = CompletableFuture.runAsync(lab::connected);

      await().until(() -> logs.lines().contains(DiscordSession.NONE_LEFT));

      assertThat(connecting).isNotDone();
      assertThat(lab.server.started(0) + lab.server.startedTooSoon()).isZero();
    }
  }

  @Test
  void beginsAnewWhenDiscordWantsOtherShards() {
    try (Lab lab = new Lab().connected()) {
      lab.server.closeSockets(CloseCode.SHARDING_REQUIRED);

      await().atMost(LONG).until(() -> lab.server.started(0) == 2 && lab.connection.connected());
      lab.mention("still there?");
      assertThat(lab.message(0).text()).isEqualTo("still there?");
    }
  }
}
