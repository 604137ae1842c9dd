package dev.sotto.memory;

import static dev.sotto.memory.Mind.ADA;
import static dev.sotto.memory.Mind.HALL;
import static dev.sotto.memory.Mind.TOM;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sotto.TestDatabases;
import dev.sotto.chat.Address;
import dev.sotto.chat.Person;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two replicas on one database, each with writers, readers and deleters in one conversation. */
class ManyWritersTest {
  private static final int TURNS = 40;

  @TempDir private Path folder;
  private final Map<String, Object> properties = new HashMap<>();
  private final AtomicInteger turn = new AtomicInteger();
  private final AtomicBoolean failed = new AtomicBoolean();

  Map<String, Object> databases(Path data) {
    return TestDatabases.h2(data);
  }

  @BeforeEach
  void settings() {
    properties.putAll(databases(folder.resolve("data")));
    properties.put("sotto.root-key", "file:" + folder.resolve("safe/root.key"));
    properties.put("sotto.data-directory", folder.resolve("data").toString());
  }

  @Test
  void seeNothingBrokenAndLoseNothing() throws InterruptedException {
    try (Mind one = new Mind(properties);
        Mind other = new Mind(properties);
        ExecutorService threads =
            Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory())) {
      one.turn(HALL, ADA, 9_000);
      List<Callable<Boolean>> work =
          List.of(
              () -> writes(one, ADA),
              () -> writes(other, TOM),
              () -> deletes(one),
              () -> reads(one),
              () -> reads(other),
              () -> flushes(one));

      assertThat(threads.invokeAll(work)).extracting(Future::resultNow).containsOnly(true);

      assertThat(one.context.getBean(Chains.class).verify((_, _) -> {}))
          .matches(Chains.Report::clean);
      assertThat(one.texts(HALL)).hasSize(2 * (1 + TURNS));
    }
    try (Mind again = new Mind(properties)) {
      assertThat(again.recall(HALL).broken()).isFalse();
    }
  }

  /** The first half of all turns is deleted again. */
  private boolean writes(Mind mind, Person person) {
    try {
      for (int i = 0; i < TURNS; i++) {
        mind.turn(HALL, person, turn.getAndIncrement());
      }
      return true;
    } catch (RuntimeException e) {
      failed.set(true);
      throw e;
    }
  }

  private boolean deletes(Mind mind) {
    int deleted = 0;
    for (int number = 0; deleted < TURNS && !failed.get(); ) {
      Address place = new Address(Mind.ACME, Address.Kind.CHANNEL, "C1", Optional.empty());
      if (mind.memory().forget(place, "m" + number) == 2) {
        deleted++;
        number++;
      }
    }
    return true;
  }

  private boolean reads(Mind mind) {
    boolean sound = true;
    while (turn.get() < 2 * TURNS && !failed.get()) {
      Recollection read = mind.recall(HALL);
      sound &= !read.broken() && read.damaged() == 0;
    }
    return sound;
  }

  private boolean flushes(Mind mind) {
    while (turn.get() < 2 * TURNS && !failed.get()) {
      mind.flush();
    }
    return true;
  }
}
