package dev.sotto.bots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sotto.model.ModelServer;
import dev.sotto.sandbox.side.Place;
import dev.sotto.sandbox.side.Side;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people write, rewrite and delete while the program is dead, and Slack gives up on it. */
class AwayEndToEndTest {
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  /** What is said, each answered by its number. */
  private static final List<String> WORDS =
      List.of(
          "the code is amber",
          "my name is Quillfeather",
          "what is the code?",
          "and who may know it?",
          "never mind this",
          "and for how long?",
          "how do I spell my name?",
          "is it a rare one?",
          "where do I begin?",
          "with which form?");

  @TempDir private Path folder;
  private World world;
  private Program.Plan plan;

  @BeforeEach
  void open() throws IOException {
    world = new World(folder);
    plan = new Program.Plan(world, folder);
    world.model().always(Speech.of(request -> answer(newest(request))));
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void answersEachMessageOnceAndInOrderAndRemembersNewWordsOnly() throws InterruptedException {
    List<Visit> visits = world.sandbox().sides().stream().map(Visit::new).toList();
    try (Program first = Program.run(plan)) {
      visits.forEach(Visit::begin);
      first.kill();
    }
    await().until(() -> world.slack().sockets().open() == 0);
    world.slack().giveUpOnTheAbsent();
    visits.forEach(Visit::goOn);

    try (Program second = Program.run(plan)) {
      visits.forEach(Visit::answered);
      assertThat(second.err()).doesNotContain("ERROR");
    }
    assertThat(askedOf(WORDS.get(2))).isNotEmpty().allMatch(it -> it.contains("crimson"));
    assertThat(askedOf(WORDS.get(6))).isNotEmpty().allMatch(it -> it.contains("Zbigniewa"));
    assertThat(askedOf("crimson")).noneMatch(it -> it.contains("amber"));
    assertThat(askedOf("Zbigniewa")).noneMatch(it -> it.contains("Quillfeather"));
    assertThat(world.slack().lost()).isPositive();
  }

  /** One person in a channel, and another who writes to the bot alone. */
  private final class Visit {
    private final Side side;
    private final String inChannel;
    private final String alone;
    private final Place channel;
    private final Place direct;
    private String root = "";
    private String told = "";

    private Visit(Side side) {
      this.side = side;
      this.inChannel = side.people().get(1).id();
      this.alone = side.people().get(2).id();
      this.channel = Place.in(world.deskOf(side));
      this.direct = Place.in(side.direct(alone));
    }

    private void begin() {
      root = side.say(inChannel, channel, world.mention(side) + " " + WORDS.get(0));
      told = side.say(alone, direct, WORDS.get(1));
      shows(inChannel, channel, 0);
      shows(alone, direct, 1);
    }

    private void goOn() {
      Place thread = Place.in(channel.channel(), root);
      Place talk = side == world.slack() ? Place.in(direct.channel(), told) : direct;
      side.edit(inChannel, root, world.mention(side) + " the code is crimson");
      side.edit(alone, told, "my name is Zbigniewa");
      side.say(inChannel, thread, WORDS.get(2));
      side.say(inChannel, thread, WORDS.get(3));
      side.delete(inChannel, side.say(inChannel, thread, WORDS.get(4)));
      side.say(inChannel, thread, WORDS.get(5));
      side.say(inChannel, channel, "this is for everybody");
      side.say(alone, talk, WORDS.get(6));
      side.say(alone, talk, WORDS.get(7));
      String another = side.say(inChannel, channel, world.mention(side) + " " + WORDS.get(8));
      if (side == world.slack()) {
        side.say(inChannel, Place.in(channel.channel(), another), WORDS.get(9));
      }
    }

    private void answered() {
      shows(alone, direct, 1, 6, 7);
      if (side == world.slack()) {
        shows(inChannel, channel, 0, 2, 3, 5, 8, 9);
      } else {
        shows(inChannel, channel, 0, 2, 3, 5, 8);
      }
    }

    private void shows(String person, Place place, int... words) {
      List<String> answers = IntStream.of(words).mapToObj(it -> answer(WORDS.get(it))).toList();
      await()
          .atMost(PATIENCE)
          .untilAsserted(() ->
              assertThat(Stage.shown(side, person, place.channel()))
                  .containsExactlyElementsOf(answers));
    }
  }

  private static String answer(String word) {
    return "That was word " + WORDS.indexOf(word) + ".";
  }

  private static String newest(ModelServer.Request request) {
    return WORDS.stream().max(Comparator.comparingInt(request.body()::lastIndexOf)).orElseThrow();
  }

  private List<String> askedOf(String word) {
    return world.model().requests().stream()
        .map(ModelServer.Request::body)
        .filter(it -> it.contains(word))
        .toList();
  }
}
