package dev.sotto.bots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sotto.model.ModelServer;
import dev.sotto.sandbox.side.Place;
import dev.sotto.sandbox.side.Side;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Answers of a model that streams over TLS, as people see them on both platforms. */
class StreamingEndToEndTest {
  private static final String FIRST = "The ferry leaves from the northern quay at a quarter past. ";
  private static final String SECOND = "The ticket office opens half an hour before.";

  @TempDir private Path folder;
  private Stage stage;

  @BeforeEach
  void start() throws IOException {
    stage = Stage.withModel(folder);
  }

  @AfterEach
  void stop() {
    stage.close();
  }

  @Test
  void showsTheBeginningBeforeTheModelHasEnded() {
    for (Side side : stage.world().sandbox().sides()) {
      String person = side.people().getFirst().id();
      String direct = side.direct(person);
      CountDownLatch seen = new CountDownLatch(1);
      stage.model().always(Speech.heldBack(FIRST, seen, SECOND));

      side.say(person, Place.in(direct), "when does it leave?");

      await()
          .until(() -> Stage.shown(side, person, direct), any(it -> it.contains("northern quay")));
      assertThat(Stage.shown(side, person, direct)).noneMatch(it -> it.contains("ticket office"));
      seen.countDown();
      Stage.answer(side, person, direct, it -> it.contains(FIRST + SECOND));
      assertThat(Stage.shown(side, person, direct)).hasSize(1);
    }
  }

  @Test
  void showsTheModelWhatWasSaidBefore() {
    for (Side side : stage.world().sandbox().sides()) {
      String person = side.people().getFirst().id();
      stage.model().anew().then(Speech.of("Noted, Zbigniewa.")).then(Speech.of("As I said."));
      Stage.tell(side, person, "my name is Zbigniewa", it -> it.contains("Noted"));

      Stage.tell(side, person, "what is my name?", it -> it.contains("As I said"));

      assertThat(asked().getLast())
          .containsSubsequence("my name is Zbigniewa", "Noted, Zbigniewa.", "what is my name?");
    }
  }

  @Test
  void keepsWhatCameOfAModelThatBreaksOffAndSaysSoInOneLine() {
    for (Side side : stage.world().sandbox().sides()) {
      String person = side.people().getFirst().id();
      String direct = side.direct(person);
      CountDownLatch seen = new CountDownLatch(1);
      stage
          .model()
          .anew()
          .then(Speech.brokenOff(FIRST, seen))
          .then(Speech.of("All is well again."));

      side.say(person, Place.in(direct), "when does it leave?");

      await()
          .until(() -> Stage.shown(side, person, direct), any(it -> it.contains("northern quay")));
      seen.countDown();
      String text = Stage.answer(side, person, direct, it -> it.contains("broke off")).text();
      assertThat(text).startsWith(FIRST.strip()).hasLineCount(3);
      Stage.tell(side, person, "and now?", it -> it.contains("All is well again."));
    }
  }

  @Test
  void saysOneHonestLineWhenTheModelIsBrokenAndGoesOnAfterwards() {
    for (Side side : stage.world().sandbox().sides()) {
      String person = side.people().getFirst().id();
      stage
          .model()
          .anew()
          .thenRefuses(500, "{\"error\":{\"message\":\"a secret of the provider\"}}");

      String line = Stage.tell(side, person, "hello", it -> it.contains("HTTP 500")).text();

      assertThat(line).hasLineCount(1).contains("openai/test").doesNotContain("secret");
      stage.model().always(Speech.of("Good to be back."));
      Stage.tell(side, person, "hello again", it -> it.contains("Good to be back."));
      assertThat(asked().getLast()).doesNotContain("HTTP 500");
    }
  }

  /** What counts is not what people see but what the model was told. */
  @Test
  void neverTellsTheModelInOnePersonsNameWhatAnotherSaid() {
    for (Side side : stage.world().sandbox().sides()) {
      List<String> people = side.people().stream().map(it -> it.id()).toList();
      stage.model().anew().then(Speech.of(it -> "Heard of " + words(it.body())));
      for (String person : people) {
        Stage.tell(side, person, "I am called " + name(person), it -> it.contains(name(person)));
      }

      for (String person : people) {
        Stage.tell(side, person, "again", it -> it.matches("(?s).*again.*"));
      }

      for (String person : people) {
        assertThat(asked())
            .filteredOn(it -> it.contains(name(person)))
            .hasSizeGreaterThanOrEqualTo(2)
            .noneMatch(it -> others(people, person).anyMatch(other -> it.contains(name(other))));
      }
    }
  }

  @Test
  void neverTellsTheModelInOneThreadWhatWasSaidInAnother() {
    for (Side side : stage.world().sandbox().sides()) {
      String person = side.people().getFirst().id();
      String desk = stage.world().deskOf(side);
      stage.model().anew().then(Speech.of(it -> "Heard of " + words(it.body())));
      List<Place> threads = List.of(thread(side, person, desk), thread(side, person, desk));
      for (Place thread : threads) {
        String secret = name(thread.thread().orElseThrow());
        side.say(person, thread, stage.world().mention(side) + " the clips are in " + secret);
        Stage.answer(side, person, desk, it -> it.contains("Heard of") && it.contains(secret));
      }

      for (Place thread : threads) {
        side.say(person, thread, "where once more, " + thread.thread().orElseThrow() + "?");
      }

      for (Place thread : threads) {
        String id = thread.thread().orElseThrow();
        Stage.answer(
            side,
            person,
            desk,
            it -> it.contains("where once more, " + id) && it.contains(name(id)));
      }
      assertThat(asked())
          .filteredOn(it -> it.contains(name(threads.getFirst().thread().orElseThrow())))
          .hasSize(2)
          .noneMatch(it -> it.contains(name(threads.getLast().thread().orElseThrow())));
    }
  }

  /** Who answers somewhere may hang on a name that only the connected platform knows. */
  @Test
  void letsTheSameAssistantAnswerAfterARestartInTheMiddle() throws IOException {
    stage.model().always(Speech.heldBack(FIRST, new CountDownLatch(1), SECOND));
    for (Side side : stage.world().sandbox().sides()) {
      String person = side.people().getFirst().id();
      String desk = stage.world().deskOf(side);
      side.say(person, Place.in(desk), stage.world().mention(side) + " where are the clips?");
      await().until(() -> Stage.shown(side, person, desk), any(it -> it.contains("quay")));
    }
    stage.stop();
    stage.model().always(Speech.of("In the drawer."));

    stage.start();

    for (Side side : stage.world().sandbox().sides()) {
      String person = side.people().getFirst().id();
      Stage.answer(side, person, stage.world().deskOf(side), it -> it.contains("In the drawer."));
    }
    assertThat(asked()).allMatch(it -> it.contains("Say where the paper clips are."));
  }

  private List<String> asked() {
    return stage.model().requests().stream().map(ModelServer.Request::body).toList();
  }

  private static Place thread(Side side, String person, String channel) {
    return Place.in(channel, side.say(person, Place.in(channel), "a thread begins here"));
  }

  private static Stream<String> others(List<String> all, String one) {
    return all.stream().filter(it -> !it.equals(one));
  }

  private static String name(String id) {
    return "Quill" + id.replaceAll("\\W", "");
  }

  /** What was asked, fit to be said. */
  private static String words(String body) {
    return body.replaceAll("[^\\w ,.]", " ");
  }

  private static Predicate<List<String>> any(Predicate<String> each) {
    return all -> all.stream().anyMatch(each);
  }
}
