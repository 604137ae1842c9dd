package dev.sotto.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import dev.sotto.chat.ChatEvent;
import dev.sotto.sandbox.side.Fault;
import dev.sotto.sandbox.side.Place;
import dev.sotto.sandbox.slack.SlackServer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Slack gives up every event that happens while nobody is connected. */
class SlackCatchUpTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Place GENERAL = Place.in(SlackServer.GENERAL);

  private final SlackWorld world = new SlackWorld();
  private final String direct = world.slack.direct(SlackServer.TOM);

  @BeforeEach
  void forget() {
    world.slack.giveUpOnTheAbsent();
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void whatWasSaidWhileItWasAwayIsTakenOnceAndInOrder() {
    SlackConnection before = world.connect();
    String mention = say(SlackServer.MARIA, GENERAL, "@sotto first");
    String told = say(SlackServer.TOM, Place.in(direct), "psst");
    world.arrived(mention);
    world.arrived(told);
    leave(before);

    for (int i = 0; i < 3; i++) {
      say(SlackServer.MARIA, Place.in(SlackServer.GENERAL, mention), "in the thread " + i);
    }
    say(SlackServer.TOM, GENERAL, "not for the bot");
    say(SlackServer.TOM, Place.in(direct, told), "and then");
    say(SlackServer.TOM, Place.in(direct), "something else");
    String another = say(SlackServer.PRIYA, GENERAL, "@sotto a new thread");
    say(SlackServer.PRIYA, Place.in(SlackServer.GENERAL, another), "with more in it");
    world.connect();

    await().atMost(PATIENCE).until(() -> world.inbox.messages().count() == 9);
    assertThat(texts())
        .containsSubsequence("first", "in the thread 0", "in the thread 1", "in the thread 2")
        .containsSubsequence("psst", "and then")
        .containsSubsequence("a new thread", "with more in it")
        .contains("something else")
        .doesNotContain("not for the bot");
    assertThat(world.slack.lost()).isPositive();
  }

  @Test
  void whatIsSaidInAThreadWaitsForWhatWasMissedThere() {
    SlackConnection before = world.connect();
    List<String> threads =
        IntStream.range(0, 30)
            .mapToObj(i -> say(SlackServer.MARIA, GENERAL, "@sotto " + i))
            .toList();
    threads.forEach(world::arrived);
    leave(before);
    threads.forEach(root -> say(SlackServer.MARIA, in(root), "missed in " + root));

    world.connect();
    String oldest = threads.getFirst();
    say(SlackServer.MARIA, in(oldest), "live in " + oldest);

    await().atMost(PATIENCE).until(() -> texts().contains("live in " + oldest));
    assertThat(texts()).containsSubsequence("missed in " + oldest, "live in " + oldest);
  }

  @Test
  void whatWasRewrittenOrDeletedWhileItWasAwayIsFoundAsFarAsSlackShowsIt() {
    SlackConnection before = world.connect();
    String root = say(SlackServer.MARIA, GENERAL, "@sotto my name is Ada");
    String more = say(SlackServer.MARIA, in(root), "I live in Kyiv");
    String gone = say(SlackServer.TOM, GENERAL, "@sotto forget this");
    List.of(root, more, gone).forEach(world::arrived);
    say(SlackServer.TOM, in(gone), "and not this");
    leave(before);

    world.slack.edit(SlackServer.MARIA, more, "I live in Lviv");
    long second = Instant.now().getEpochSecond();
    await().until(() -> Instant.now().getEpochSecond() > second);
    world.slack.edit(SlackServer.MARIA, root, "@sotto my name is Grace");
    String fresh = say(SlackServer.MARIA, in(root), "where do I live?");
    world.slack.edit(SlackServer.MARIA, fresh, "where do I live now?");
    String never = say(SlackServer.MARIA, in(root), "never mind");
    world.slack.delete(SlackServer.MARIA, never);
    world.slack.delete(SlackServer.TOM, gone);
    world.connect();

    await().atMost(PATIENCE).until(() -> edits().size() == 2 && !deletions().isEmpty());
    world.arrived(fresh);
    assertThat(edits())
        .extracting(ChatEvent.Edit::text)
        .containsExactly("I live in Lviv", "my name is Grace");
    assertThat(texts()).contains("where do I live now?").doesNotContain("never mind");
    assertThat(deletions())
        .extracting(ChatEvent.Deletion::messageId)
        .containsExactly(SlackServer.GENERAL + ":" + gone);
  }

  @Test
  void whatIsRewrittenWhileItIsThereIsAnEditOnce() {
    world.connect();
    String root = say(SlackServer.MARIA, GENERAL, "@sotto my name is Ada");
    world.arrived(root);
    world.slack.edit(SlackServer.MARIA, root, "@sotto my name is Grace");
    world.slack.sockets().redeliver();

    await().until(() -> !edits().isEmpty() && world.slack.pending() == 0);
    assertThat(edits()).singleElement().returns("my name is Grace", ChatEvent.Edit::text);
  }

  @Test
  void aSocketThatWasGoneForLongerThanAMomentIsMissedAndNotAShorterAbsence() {
    SlackConnection connection = world.connect();
    String root = say(SlackServer.MARIA, GENERAL, "@sotto first");
    world.arrived(root);
    world.slack.sockets().drop();
    await()
        .atMost(PATIENCE)
        .until(() -> world.calls("apps.connections.open") == 2 && connection.connected());
    assertThat(world.calls("conversations.history")).isZero();

    world.sandbox.unplug();
    await().until(() -> !connection.connected());
    String missed = say(SlackServer.MARIA, in(root), "missed");
    Instant until = Instant.now().plus(SlackWorld.TIMEOUT).plusMillis(100);
    await().until(() -> Instant.now().isAfter(until));
    world.sandbox.plug();

    await().atMost(PATIENCE).until(() -> texts().contains("missed"));
    assertThat(world.arrived(missed).address().thread()).contains(root);
  }

  @Test
  void afterAShortLossThePlacesInWhichSomethingHappensAreAskedWhileSlackMayRepeat() {
    SlackConnection connection = world.connect();
    ChatEvent.Message said = world.arrived(say(SlackServer.MARIA, GENERAL, "@sotto first"));
    connection.close();
    int before = world.calls("conversations.replies");

    askedOnce(said, Duration.ZERO);
    assertThat(world.calls("conversations.replies")).isEqualTo(before);

    askedOnce(said, SlackCatchUp.REPEATS);
    assertThat(world.calls("conversations.replies")).isEqualTo(before + 1);
  }

  private void askedOnce(ChatEvent event, Duration repeats) {
    SlackTranslator translator =
        new SlackTranslator(new SlackIdentity("UBOT", "T1", "Acme"), Clock.systemUTC());
    try (SlackCatchUp catchUp =
        new SlackCatchUp(
            new SlackHistory(world.api(world.slack.botToken())),
            new SlackPast(translator),
            world.inbox,
            Runnable::run,
            repeats)) {
      catchUp.plan();
      catchUp.precede(event);
      catchUp.precede(event);
    }
  }

  @Test
  void whatCouldNotBeKeptForLongerThanSlackRepeatsItIsFoundAgain() {
    SlackConnection connection = world.connect();
    String root = say(SlackServer.MARIA, GENERAL, "@sotto first");
    world.arrived(root);
    world.inbox.down.set(Integer.MAX_VALUE);
    say(SlackServer.MARIA, in(root), "lost");
    await().until(() -> world.slack.lost() > 0);
    Instant until = Instant.now().plus(SlackWorld.TIMEOUT);
    await().until(() -> Instant.now().isAfter(until));
    say(SlackServer.MARIA, in(root), "lost too");
    await().until(() -> !connection.connected());

    world.inbox.down.set(0);

    await().atMost(PATIENCE).until(() -> world.inbox.messages().count() == 3);
    assertThat(texts()).containsExactly("first", "lost", "lost too");
  }

  @Test
  void manyPagesAreRead() {
    SlackConnection before = world.connect();
    String root = say(SlackServer.MARIA, GENERAL, "@sotto first");
    world.arrived(root);
    leave(before);
    IntStream.range(0, 450).forEach(i -> say(SlackServer.MARIA, in(root), "missed " + i));

    world.connect();

    await().atMost(PATIENCE).until(() -> world.inbox.messages().count() == 451);
    assertThat(texts()).startsWith("first", "missed 0").endsWith("missed 449");
    assertThat(world.calls("conversations.replies")).isGreaterThanOrEqualTo(3);
  }

  @Test
  void slackIsAskedAgainWhenItSaysLaterOrStumbles() {
    SlackConnection before = world.connect();
    String root = say(SlackServer.MARIA, GENERAL, "@sotto first");
    world.arrived(root);
    leave(before);
    say(SlackServer.MARIA, in(root), "missed");
    world.slack.faults().next("conversations.replies", Fault.tooMany(Duration.ofSeconds(2)));
    world.slack.faults().next("conversations.history", Fault.broken(503));

    world.connect();

    await().atMost(PATIENCE).until(() -> texts().contains("missed"));
    List<Instant> asked =
        world.slack.faults().calls("conversations.replies").stream()
            .map(call -> call.at())
            .toList();
    assertThat(Duration.between(asked.getFirst(), asked.get(1)))
        .isGreaterThan(Duration.ofMillis(1_900));
  }

  @Test
  void aScopeThatIsMissingIsOneLineAndTheRestIsFound() {
    SlackConnection before = world.connect();
    String mention = say(SlackServer.MARIA, GENERAL, "@sotto first");
    String told = say(SlackServer.TOM, Place.in(direct), "psst");
    world.arrived(mention);
    world.arrived(told);
    leave(before);
    say(SlackServer.MARIA, in(mention), "in the thread");
    say(SlackServer.TOM, Place.in(direct, told), "and then");
    world.slack.withdraw("im:history");

    try (Logs logs = new Logs(Level.WARN)) {
      world.connect();
      await().atMost(PATIENCE).until(() -> texts().contains("in the thread"));
      await().until(() -> world.calls("conversations.replies") == 2);

      assertThat(logs.lines())
          .filteredOn(line -> line.contains("cannot be read"))
          .singleElement()
          .asString()
          .contains("im:history", "missing_scope");
    }
    assertThat(texts()).doesNotContain("and then");
  }

  @Test
  void noLogLineTellsWhatWasMissedOrWhere() {
    SlackConnection before = world.connect();
    String root = say(SlackServer.MARIA, GENERAL, "@sotto first");
    world.arrived(root);
    leave(before);
    say(SlackServer.MARIA, in(root), "the canary sings");
    world.slack.faults().next("conversations.replies", Fault.refused("fatal_error"));

    try (Logs logs = new Logs(Level.TRACE)) {
      SlackConnection after = world.connect();
      await().atMost(PATIENCE).until(() -> texts().contains("the canary sings"));
      leave(after);

      assertThat(logs.lines())
          .isNotEmpty()
          .noneMatch(line ->
              line.contains("canary")
                  || line.contains(root)
                  || line.contains(SlackServer.MARIA)
                  || line.contains(SlackServer.GENERAL)
                  || line.contains(world.slack.botToken()));
    }
  }

  @Test
  void itEndsPromptlyWhileSlackLetsItWait() {
    SlackConnection before = world.connect();
    world.arrived(say(SlackServer.MARIA, GENERAL, "@sotto first"));
    leave(before);
    world.slack.faults().next("conversations.history", Fault.tooMany(Duration.ofMinutes(10)));
    SlackConnection after = world.connect();
    await().until(() -> world.calls("conversations.history") == 1);

    Instant begun = Instant.now();
    after.close();

    assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofSeconds(3));
  }

  private void leave(SlackConnection connection) {
    connection.close();
    await().until(() -> world.slack.sockets().open() == 0);
  }

  private String say(String person, Place place, String text) {
    return world.slack.say(person, place, text);
  }

  private static Place in(String thread) {
    return Place.in(SlackServer.GENERAL, thread);
  }

  private List<String> texts() {
    return world.inbox.messages().map(ChatEvent.Message::text).toList();
  }

  private List<ChatEvent.Edit> edits() {
    return all(ChatEvent.Edit.class);
  }

  private List<ChatEvent.Deletion> deletions() {
    return all(ChatEvent.Deletion.class);
  }

  private <T extends ChatEvent> List<T> all(Class<T> kind) {
    return world.inbox.events.stream().filter(kind::isInstance).map(kind::cast).toList();
  }
}
