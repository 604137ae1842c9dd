package dev.sotto.memory;

import static dev.sotto.memory.Mind.ADA;
import static dev.sotto.memory.Mind.TOM;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sotto.TestClock;
import dev.sotto.TestDatabases;
import dev.sotto.chat.Person;
import dev.sotto.crypto.Keys;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Histories of remembering, rewording, forgetting, deleting, retention, starting afresh, rotation
 * and restarts, made by chance: each read is what a plain list remembers, and none is told to be
 * broken. {@code -Dhonest.reads} says how many messages are read back.
 */
class HonestHistoryTest {
  private static final long READS = Long.getLong("honest.reads", 40_000);
  private static final long SEED = Long.getLong("honest.seed", 20_261_123);
  private static final int PLACES = 6;
  private static final int READS_A_STEP = 20;
  private static final Duration SHORT = Duration.ofHours(40);
  private static final Duration LONGER = Duration.ofHours(90);

  @TempDir private Path folder;
  private final Random random = new Random(SEED);
  private final Map<String, Object> properties = new HashMap<>();
  private final TestClock clock = new TestClock("2026-11-01T12:00:00Z");
  private final List<List<Turn>> model = new ArrayList<>();
  private int turns;

  private record Turn(int number, String words, Person person, Instant until, boolean shown) {
    Turn hidden() {
      return new Turn(number, words, person, until, false);
    }

    Turn reworded(int number, String words) {
      return number == this.number ? new Turn(number, words, person, until, shown) : this;
    }
  }

  Map<String, Object> databases(Path data) {
    return TestDatabases.h2(data);
  }

  long reads() {
    return READS;
  }

  @Test
  void isNeverToldToBeBroken() {
    properties.putAll(databases(folder.resolve("data")));
    properties.put("sotto.root-key", "file:" + folder.resolve("safe/root.key"));
    properties.put("sotto.data-directory", folder.resolve("data").toString());
    Stream.generate(ArrayList<Turn>::new).limit(PLACES).forEach(model::add);
    Mind mind = new Mind(properties, clock);
    try {
      for (long read = 0; read < reads(); ) {
        if (random.nextInt(400) == 0) {
          mind.close();
          mind = new Mind(properties, clock);
        }
        step(mind);
        for (int i = 0; i < READS_A_STEP; i++) {
          read += read(mind, random.nextInt(PLACES), 1 + random.nextInt(12));
        }
      }
      assertThat(mind.context.getBean(Chains.class).verify((_, _) -> {}))
          .matches(Chains.Report::clean);
    } finally {
      mind.close();
    }
  }

  private void step(Mind mind) {
    int place = random.nextInt(PLACES);
    int dice = random.nextInt(1_000);
    if (dice < 720) {
      remember(mind, place, dice < 30);
    } else if (dice < 800) {
      reword(mind);
    } else if (dice < 900) {
      delete(mind);
    } else if (dice < 940) {
      forget(mind, dice < 920 ? ADA : TOM);
    } else if (dice < 960) {
      mind.memory().startAfresh(key(place));
      model.set(place, hidden(model.get(place)));
    } else if (dice < 980) {
      clock.advance(Duration.ofHours(random.nextInt(20)));
    } else if (dice < 999) {
      mind.context.getBean(Retention.class).sweep();
    } else {
      mind.context.getBean(Keys.class).rotate((_, _) -> {});
    }
  }

  private void remember(Mind mind, int place, boolean closes) {
    Person person = random.nextBoolean() ? ADA : TOM;
    Duration kept = random.nextBoolean() ? SHORT : LONGER;
    int number = turns++;
    mind.memory()
        .remember(
            new Exchange(
                key(place),
                person,
                "m" + number,
                clock.instant(),
                "q" + number,
                "a" + number,
                closes,
                kept),
            mind.memory().scope(person));
    model.get(place).add(new Turn(number, "q" + number, person, clock.instant().plus(kept), true));
    if (closes) {
      model.set(place, hidden(model.get(place)));
    }
  }

  private static List<Turn> hidden(List<Turn> turns) {
    return new ArrayList<>(turns.stream().map(Turn::hidden).toList());
  }

  private void reword(Mind mind) {
    int number = recent();
    String words = "w" + random.nextInt();
    mind.reword(number, words);
    model.forEach(it -> it.replaceAll(turn -> turn.reworded(number, words)));
  }

  private int recent() {
    return Math.max(0, turns - 1 - random.nextInt(40));
  }

  private void delete(Mind mind) {
    int number = recent();
    mind.forgetTurn(number);
    model.forEach(it -> it.removeIf(turn -> turn.number() == number));
  }

  private void forget(Mind mind, Person person) {
    mind.forget(person);
    model.forEach(it -> it.removeIf(turn -> turn.person().equals(person)));
  }

  /** How many messages it read. */
  private int read(Mind mind, int place, int window) {
    model.get(place).removeIf(this::swept);
    Recollection read = mind.memory().recall(key(place), 2 * window, Mind.LONG);

    assertThat(read.broken()).as("seed %d, turn %d", SEED, turns).isFalse();
    assertThat(read.damaged()).isZero();
    List<String> expected =
        model.get(place).stream()
            .filter(Turn::shown)
            .filter(it -> it.until().isAfter(clock.instant()))
            .flatMap(it -> Stream.of(it.words(), "a" + it.number()))
            .toList();
    List<String> texts = read.said().stream().map(Recollection.Said::text).toList();
    assertThat(expected).endsWith(texts.toArray(String[]::new));
    assertThat(texts.size()).isLessThanOrEqualTo(Math.min(expected.size(), 2 * window));
    return texts.size();
  }

  private boolean swept(Turn turn) {
    return !turn.until().isAfter(clock.instant());
  }

  private static ConversationKey key(int place) {
    return Mind.key("place " + place);
  }
}
