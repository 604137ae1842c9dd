package dev.sotto.bots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sotto.model.ModelServer;
import dev.sotto.sandbox.side.Place;
import dev.sotto.sandbox.side.Side;
import dev.sotto.sandbox.side.View.Bubble;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What nobody should have written: one line or silence, and the next message as ever. */
class StrangeMessagesTest {
  private static final String NO_TEXT = "I can see no text in your message.";
  private static final String FIRST = "The ferry leaves from the northern quay at a quarter past. ";
  private static final String SECOND = "The ticket office opens half an hour before.";

  @TempDir private Path folder;
  private Stage stage;

  @BeforeEach
  void start() throws IOException {
    stage = Stage.withModel(folder);
    stage.model().always(Speech.of("Heard you."));
  }

  @AfterEach
  void stop() {
    stage.close();
  }

  @Test
  void saysHowMuchItCanReadToAMessageOfAMillionCharacters() {
    Side slack = stage.slack();
    String person = slack.people().getFirst().id();

    Bubble line =
        Stage.tell(slack, person, "endless ".repeat(131_072), it -> it.contains("up to 40,000"));

    assertThat(line.text()).hasLineCount(1);
    assertThat(asked()).isEmpty();
    goesOn(slack, 1);
  }

  @Test
  void takesEmojiForWords() {
    for (Side side : stage.world().sandbox().sides()) {
      String person = side.people().getFirst().id();

      Stage.tell(side, person, "🦦🦦👩‍🚀", it -> it.contains("Heard you."));

      assertThat(asked().getLast()).contains("🦦🦦👩‍🚀");
    }
  }

  @Test
  void asksBackWhenThereIsNothingToSee() {
    for (Side side : stage.world().sandbox().sides()) {
      String person = side.people().getFirst().id();

      Bubble line =
          Stage.tell(
              side, person, "\u200b\u2060\u202e\u2066\u2069\u00ad", it -> it.contains(NO_TEXT));

      assertThat(line.text()).hasLineCount(1);
      assertThat(asked()).noneMatch(it -> it.contains("\u202e"));
      goesOn(side, 1);
    }
  }

  @Test
  void asksBackWhenItIsCalledAndNothingMore() {
    for (Side side : stage.world().sandbox().sides()) {
      String person = side.people().getFirst().id();
      String channel = side.channel("general");

      side.say(person, Place.in(channel), stage.world().mention(side));

      Bubble line = Stage.answer(side, person, channel, it -> it.contains(NO_TEXT));
      assertThat(line.text()).hasLineCount(1);
      assertThat(Stage.answers(side, person, channel)).hasSize(1);
      goesOn(side, 0);
    }
    assertThat(asked()).hasSize(2);
  }

  @Test
  void leavesOtherBotsAlone() {
    Side discord = stage.discord();
    String person = discord.people().getFirst().id();
    String channel = discord.channel("general");

    discord.say(
        stage.discord().otherBot(), Place.in(channel), stage.discord().mention() + " let us talk");
    discord.say(person, Place.in(channel), stage.discord().mention() + " and I?");

    Stage.answer(discord, person, channel, it -> it.contains("Heard you."));
    assertThat(asked()).hasSize(1).noneMatch(it -> it.contains("let us talk"));
  }

  @Test
  void neitherAnswersNorRemembersAMessageThatIsDeletedWhileItWaits() {
    for (Side side : stage.world().sandbox().sides()) {
      String person = side.people().getFirst().id();
      String direct = side.direct(person);
      CountDownLatch deleted = new CountDownLatch(1);
      stage.model().always(Speech.heldBack(FIRST, deleted, SECOND));
      String root = side.say(person, Place.in(direct), "when does it leave?");
      await().until(() -> Stage.shown(side, person, direct).toString().contains("quay"));
      Place same = side == stage.slack() ? Place.in(direct, root) : Place.in(direct);
      String regretted = side.say(person, same, "I regret this");
      delete(side, person, regretted);
      side.say(person, same, "I stand by this");

      stage.model().always(Speech.of("Heard you."));
      deleted.countDown();

      Stage.answer(side, person, direct, it -> it.contains("Heard you."));
      assertThat(asked()).noneMatch(it -> it.contains("I regret this"));
      goesOn(side, 2);
    }
  }

  @Test
  void endsAndForgetsAnAnswerWhoseMessageIsDeletedMeanwhile() {
    for (Side side : stage.world().sandbox().sides()) {
      String person = side.people().getFirst().id();
      String direct = side.direct(person);
      CountDownLatch deleted = new CountDownLatch(1);
      stage.model().always(Speech.heldBack(FIRST, deleted, SECOND));
      String regretted = side.say(person, Place.in(direct), "I regret this");
      await().until(() -> Stage.shown(side, person, direct).toString().contains("quay"));

      delete(side, person, regretted);
      stage.model().always(Speech.of("Heard you."));
      deleted.countDown();

      Stage.tell(side, person, "and now?", it -> it.contains("Heard you."));
      assertThat(Stage.shown(side, person, direct))
          .hasSize(2)
          .noneMatch(it -> it.contains("northern quay"))
          .anyMatch(it -> it.contains("was deleted"));
      assertThat(asked().getLast()).doesNotContain("I regret this", "northern quay");
    }
  }

  /** Deletes a message and waits until that is known. */
  private void delete(Side side, String person, String message) {
    long before = stage.done();
    side.delete(person, message);
    await().until(() -> stage.done() > before);
  }

  /** The next message is answered once, and there are no more answers than these. */
  private void goesOn(Side side, int before) {
    String person = side.people().getFirst().id();
    stage.model().always(Speech.of("All is well."));
    Stage.tell(side, person, "and now?", it -> it.contains("All is well."));
    assertThat(Stage.answers(side, person, side.direct(person))).hasSize(before + 1);
  }

  private List<String> asked() {
    return stage.model().requests().stream().map(ModelServer.Request::body).toList();
  }
}
