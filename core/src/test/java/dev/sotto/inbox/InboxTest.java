package dev.sotto.inbox;

import static dev.sotto.chat.Inbox.Receipt.ACCEPTED;
import static dev.sotto.chat.Inbox.Receipt.IGNORED;
import static dev.sotto.chat.Inbox.Receipt.REPEATED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sotto.StoredContract;
import dev.sotto.chat.Address;
import dev.sotto.chat.ChatEvent;
import dev.sotto.chat.Inbox;
import dev.sotto.chat.Platform;
import dev.sotto.memory.Memory;
import dev.sotto.memory.Recollection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the inbox promises, whatever database keeps it. */
class InboxTest extends StoredContract {
  /** Of a day that no retention reaches. */
  private static final Instant NOON = Instant.parse("2126-05-04T12:00:00.123456Z");

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Address HALL = channel("C1");

  @Override
  protected void beforeClose() {
    bean(DurableInbox.class).close();
  }

  @Test
  void answersAMessageOnceHoweverOftenAndByWhateverEventItIsTold() {
    Board board = start(Board.open());

    assertThat(accept(message("e1", HALL, "m1"))).isEqualTo(ACCEPTED);
    assertThat(accept(message("e1", HALL, "m1"))).isEqualTo(REPEATED);
    assertThat(accept(message("e2", HALL, "m1"))).isEqualTo(REPEATED);
    answered(board, "C1", "m1");
    assertThat(accept(message("e3", HALL, "m1"))).isEqualTo(REPEATED);

    restart();
    start(board);
    assertThat(accept(message("e1", HALL, "m1"))).isEqualTo(REPEATED);
    assertThat(accept(message("e4", HALL, "m2"))).isEqualTo(ACCEPTED);
    answered(board, "C1", "m1", "m2");
  }

  @Test
  void acceptsOneOfManyRepeatsThatComeAtOnce() throws InterruptedException {
    Board board = start(Board.open());
    List<Callable<Inbox.Receipt>> repeats =
        IntStream.range(0, 16)
            .<Callable<Inbox.Receipt>>mapToObj(
                it -> () -> accept(message("e" + it % 4, HALL, "m1")))
            .toList();

    List<Inbox.Receipt> receipts;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      receipts = threads.invokeAll(repeats).stream().map(Future::resultNow).toList();
    }

    assertThat(receipts).containsOnlyOnce(ACCEPTED).contains(REPEATED);
    answered(board, "C1", "m1");
  }

  @Test
  void answersEachPlaceInItsOrder() {
    Board board = start(Board.open());
    List<String> ids = IntStream.range(0, 20).mapToObj(it -> "m" + it).toList();

    for (String id : ids) {
      accept(message("hall " + id, HALL, id));
      accept(message("yard " + id, channel("C2"), "y" + id));
    }

    answered(board, "C1", ids.toArray(String[]::new));
    answered(board, "C2", ids.stream().map(it -> "y" + it).toArray(String[]::new));
  }

  @Test
  void takesUpInOrderAfterARestartWhatWasNotAnswered() {
    Stream.of("m1", "m2", "m3").forEach(it -> accept(message("e" + it, HALL, it)));

    restart();
    Board board = start(Board.open());
    answered(board, "C1", "m1", "m2", "m3");

    restart();
    start(board);
    accept(message("e4", HALL, "m4"));
    answered(board, "C1", "m1", "m2", "m3", "m4");
  }

  @Test
  void showsTheKeptAnswerAfterARestartWithoutThinkingAgain() {
    Board jammed = start(Board.jammed());
    accept(message("e1", HALL, "m1"));
    answered(jammed, "C1", "m1");

    restart();
    Board board = start(Board.open());
    answered(board, "C1", "m1");

    Board.Note note = board.notes().getFirst();
    assertThat(note.text()).isEqualTo(jammed.notes().getFirst().text()).isNotBlank();
    assertThat(note.before()).containsExactly("note on m1");
    assertThat(bean(Memory.class).recallOf(ADA, 10).said()).hasSize(2);
  }

  @Test
  void neitherAnswersNorTakesUpAMessageThatWasDeleted() {
    accept(message("e1", HALL, "m1"));
    accept(new ChatEvent.Deletion("e2", HALL, ADA, NOON, "m1"));

    restart();
    Board board = start(Board.open());
    accept(message("e3", HALL, "m2"));

    answered(board, "C1", "m2");
  }

  @Test
  void remembersAMessageAsItReadsAfterItWasChanged() {
    accept(message("e1", HALL, "m1"));
    assertThat(accept(edit("e2", "m1", "my other words"))).isEqualTo(ACCEPTED);
    assertThat(accept(edit("e2", "m1", "my other words"))).isEqualTo(REPEATED);
    assertThat(accept(edit("e3", "m9", "of a message that was never ours"))).isEqualTo(IGNORED);

    restart();
    Board board = start(Board.open());
    accept(message("e4", HALL, "m2"));
    answered(board, "C1", "m1", "m2");
    assertThat(said()).contains("my other words").containsOnlyOnce("hello");

    accept(edit("e5", "m1", "\u200b"));
    await().atMost(PATIENCE).until(() -> said().size() == 2);
    assertThat(said()).doesNotContain("my other words");
  }

  @Test
  void givesUpWhatNestsTooDeeplyAndGoesOn() {
    Board board = Board.open();
    Consumer<String> strike =
        message -> {
          if (message.equals("m1")) {
            throw new StackOverflowError();
          }
        };
    bean(DurableInbox.class).start(List.of(new Struck(board, strike)));

    accept(message("e1", HALL, "m1"));
    accept(message("e2", HALL, "m2"));

    answered(board, "C1", "", "m2");
    assertThat(board.notes().getFirst().text()).isEqualTo(Attempts.GIVEN_UP);
  }

  @Test
  void followsAThreadOnceItWasCalledThere() {
    Board board = start(Board.open());

    assertThat(accept(unaddressed("e1", thread("C1", "1"), "m1"))).isEqualTo(IGNORED);
    assertThat(accept(message("e2", thread("C1", "1"), "m2"))).isEqualTo(ACCEPTED);
    assertThat(accept(unaddressed("e3", thread("C1", "1"), "m3"))).isEqualTo(ACCEPTED);
    assertThat(accept(unaddressed("e4", thread("C1", "2"), "m4"))).isEqualTo(IGNORED);

    answered(board, "C1", "m2", "m3");
  }

  @Test
  void runsCommandsThatAreNoMessages() {
    Board board = start(Board.open());

    assertThat(accept(command("e1"))).isEqualTo(ACCEPTED);
    assertThat(accept(command("e2"))).isEqualTo(ACCEPTED);
    assertThat(accept(command("e2"))).isEqualTo(REPEATED);

    await().atMost(PATIENCE).until(() -> board.whispers().size() == 2);
  }

  @Test
  void letsNothingWaitForACommandThatTakesLong() {
    Board board = start(Board.open());
    accept(message("e1", HALL, "m1"));
    answered(board, "C1", "m1");

    accept(command("e2", "keys rotate"));
    accept(command("e3", "keys progress"));
    accept(command("e4", "help"));

    await().atMost(PATIENCE).until(() -> board.whispers().size() == 3);
    assertThat(board.whispers().getLast()).contains("rows are under new keys");
    assertThat(board.murmurs().getFirst()).contains("Rotation", "begun");
    assertThat(board.murmurs().getLast()).contains("100 %");
  }

  @Test
  void doesNotRepeatALongCommandWhoseAnswerWasNotTaken() {
    Board jammed = start(Board.jammed());
    accept(command("e1", "keys rotate"));
    await().atMost(PATIENCE).until(() -> jammed.whispers().size() == 1);

    restart();
    Board board = start(Board.open());

    await().atMost(PATIENCE).until(() -> board.whispers().equals(jammed.whispers()));
    assertThat(board.murmurs()).isEmpty();
  }

  @Test
  void takesUpALongCommandAfterARestartAndLetsNothingWaitForItThen() {
    accept(command("e1", "keys rotate"));
    accept(command("e2", "keys progress"));

    restart();
    Board board = start(Board.open());

    await().atMost(PATIENCE).until(() -> board.whispers().size() == 2);
    assertThat(board.whispers().getLast()).contains("rows are under new keys");
  }

  @Test
  void tellsWhereItTakesPartTheLatestFirst() {
    start(Board.open());
    accept(message("e1", HALL, "m1"));
    accept(messageAt("e2", thread("C2", "7"), "m2", NOON.plusSeconds(60)));

    assertThat(bean(DurableInbox.class).places(Platform.SLACK))
        .containsExactly(
            new Inbox.Seen(thread("C2", "7"), NOON.plusSeconds(60)), new Inbox.Seen(HALL, NOON));
    assertThat(bean(DurableInbox.class).places(Platform.DISCORD)).isEmpty();
  }

  @Test
  void letsGoOfWhatIsDoneForLongAtTheNextStart() {
    Board board = start(Board.open());
    accept(message("e1", HALL, "m1"));
    accept(messageAt("e2", HALL, "m2", NOON.plus(DurableInbox.RECOGNISED).plusSeconds(1)));
    answered(board, "C1", "m1", "m2");
    assertThat(accept(message("e1", HALL, "m1"))).isEqualTo(REPEATED);

    restart();
    start(board);

    assertThat(accept(message("e1", HALL, "m1"))).isEqualTo(ACCEPTED);
    assertThat(accept(message("e2", HALL, "m2"))).isEqualTo(REPEATED);
  }

  private Board start(Board board) {
    bean(DurableInbox.class).start(List.of(board));
    return board;
  }

  private Inbox.Receipt accept(ChatEvent event) {
    return bean(DurableInbox.class).accept(event);
  }

  private static void answered(Board board, String channel, String... ids) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(board.answered(channel)).containsExactly(ids));
  }

  private static ChatEvent message(String event, Address address, String id) {
    return messageAt(event, address, id, NOON);
  }

  private static ChatEvent messageAt(String event, Address address, String id, Instant at) {
    return new ChatEvent.Message(event, address, ADA, at, id, "hello", true);
  }

  private static ChatEvent unaddressed(String event, Address address, String id) {
    return new ChatEvent.Message(event, address, ADA, NOON, id, "hello", false);
  }

  private static ChatEvent edit(String event, String id, String words) {
    return new ChatEvent.Edit(event, HALL, ADA, NOON, id, words);
  }

  private List<String> said() {
    return bean(Memory.class).recallOf(ADA, 10).said().stream()
        .map(Recollection.Said::text)
        .toList();
  }

  private static ChatEvent command(String event) {
    return command(event, "help");
  }

  /** Of an administrator. */
  private static ChatEvent command(String event, String line) {
    return new ChatEvent.Command(event, HALL, TOM, NOON, line, "token");
  }
}
