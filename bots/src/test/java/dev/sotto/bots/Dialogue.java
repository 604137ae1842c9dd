package dev.sotto.bots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sotto.bots.leaks.Scan;
import dev.sotto.model.ModelServer.Request;
import dev.sotto.sandbox.side.Place;
import dev.sotto.sandbox.side.Side;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Numbered questions of one person in one thread or channel of each platform, and whether each has
 * one answer, in order.
 */
final class Dialogue {
  private static final Scan SAID = new Scan(List.of("Harrowmere", "Tollgarth"));
  private static final Pattern QUESTION = Pattern.compile("question (\\d+) of Harrowmere");
  private static final Pattern ANSWER = Pattern.compile("This answers (\\d+) of Tollgarth");

  private final Map<Side, Place> places = new HashMap<>();
  private int asked;

  /** Begins with a first question everywhere. */
  Dialogue(World world) {
    world.model().always(Speech.of(Dialogue::answer));
    asked = 1;
    for (Side side : world.sandbox().sides()) {
      String direct = side.direct(person(side));
      String root = side.say(person(side), Place.in(direct), question());
      places.put(side, side.name().equals("slack") ? Place.in(direct, root) : Place.in(direct));
    }
  }

  /** Nothing of any dialogue stands in a folder in clear, in any file and form. */
  static void isUnreadIn(Path folder) {
    try {
      assertThat(SAID.in(folder)).isEmpty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Asks the next question everywhere. */
  void ask() {
    asked++;
    places.forEach((side, place) -> side.say(person(side), place, question()));
  }

  int asked() {
    return asked;
  }

  /** Everything has one answer, in order. */
  void awaitAnswers(Duration patience) {
    List<Integer> all = IntStream.rangeClosed(1, asked).boxed().toList();
    places.forEach((side, place) ->
        await()
            .atMost(patience)
            .untilAsserted(() -> assertThat(answered(side, place)).as(side.name()).isEqualTo(all)));
  }

  /** Which questions have answers, in the order in which they are shown. */
  private static List<Integer> answered(Side side, Place place) {
    return Stage.answers(side, person(side), place.channel()).stream()
        .flatMap(it -> ANSWER.matcher(it.text()).results())
        .map(it -> Integer.valueOf(it.group(1)))
        .toList();
  }

  private String question() {
    return "This is question " + asked + " of Harrowmere.";
  }

  /** What it is asked last is what stands last. */
  private static String answer(Request request) {
    String last =
        QUESTION
            .matcher(request.body())
            .results()
            .reduce((_, later) -> later)
            .orElseThrow()
            .group(1);
    return "This answers " + last + " of Tollgarth.";
  }

  private static String person(Side side) {
    return side.people().getFirst().id();
  }
}
