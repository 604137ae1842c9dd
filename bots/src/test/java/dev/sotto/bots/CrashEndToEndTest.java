package dev.sotto.bots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sotto.StepCrash;
import dev.sotto.sandbox.side.Call;
import dev.sotto.sandbox.side.Fault;
import dev.sotto.sandbox.side.Side;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The program dies at every step of a message's way, around each statement to a database and each
 * call to a platform, and is started again: every message is answered once and in order.
 */
class CrashEndToEndTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** How long a step may take to be reached: what is written behind a turn comes within seconds. */
  private static final Duration SOON = Duration.ofSeconds(8);

  /** Of so many steps one is tried; {@code -Dcrash.stride=1} tries all. */
  private static final int STRIDE = Integer.getInteger("crash.stride", 4);

  private static final int OFFSET = Integer.getInteger("crash.offset", 0);

  @TempDir private Path folder;

  /** Further settings: of the databases. */
  Map<String, String> databases(Path folder) throws Exception {
    return Map.of();
  }

  @Test
  void losesAndDoublesNothingWhereverItDies() throws Exception {
    Path orders = folder.resolve("orders");
    try (World world = new World(folder)) {
      Program.Plan plan =
          new Program.Plan(world, folder.resolve("p")).with(databases(folder)).crashing(orders);
      Program program = Program.run(plan);
      try {
        Dialogue dialogue = new Dialogue(world);
        dialogue.awaitAnswers(PATIENCE);
        List<Crash> crashes = crashes(orders, world, dialogue);
        int died = 0;
        for (int i = OFFSET % STRIDE; i < crashes.size(); i += STRIDE) {
          Crash crash = crashes.get(i);
          died += crash.strike(program, dialogue) ? 1 : 0;
          Files.deleteIfExists(orders);
          program.close();
          program = Program.run(plan);
          dialogue.awaitAnswers(PATIENCE);
        }
        System.out.printf(
            "%d of %d steps tried, %d of them killed it; %d messages on each platform%n",
            crashes.size() / STRIDE, crashes.size(), died, dialogue.asked());
        assertThat(died).isGreaterThan(crashes.size() / STRIDE / 2);
      } finally {
        program.close();
      }
    }
  }

  /** A way to die. */
  private interface Crash {
    /** Asks, and says whether the program has died of it. */
    boolean strike(Program program, Dialogue dialogue) throws Exception;
  }

  /** All steps of one turn on both platforms. */
  private static List<Crash> crashes(Path orders, World world, Dialogue dialogue)
      throws IOException {
    List<Crash> crashes = new ArrayList<>();
    Files.writeString(orders, StepCrash.TRACE);
    Map<Side, Integer> before = new HashMap<>();
    world.sandbox().sides().forEach(it -> before.put(it, it.faults().calls().size()));
    dialogue.ask();
    dialogue.awaitAnswers(PATIENCE);
    Files.delete(orders);
    for (Side side : world.sandbox().sides()) {
      List<Call> calls = side.faults().calls();
      Set<String> routes = new LinkedHashSet<>();
      calls
          .subList(before.getOrDefault(side, 0), calls.size())
          .forEach(it -> routes.add(it.route()));
      for (String route : routes) {
        crashes.add((program, it) -> dies(side, route, true, program, it));
        crashes.add((program, it) -> dies(side, route, false, program, it));
      }
    }
    for (String step : new LinkedHashSet<>(Files.readAllLines(StepCrash.trace(orders)))) {
      crashes.add((program, it) -> dies(orders, step, program, it));
    }
    return crashes;
  }

  private static boolean dies(Path orders, String step, Program program, Dialogue dialogue)
      throws IOException {
    Files.writeString(orders, step);
    dialogue.ask();
    try {
      await().atMost(SOON).until(() -> !program.alive());
      return true;
    } catch (ConditionTimeoutException _) {
      return false;
    }
  }

  /**
   * @param done whether the platform does what it was asked before the program dies
   */
  private static boolean dies(
      Side side, String route, boolean done, Program program, Dialogue dialogue) throws Exception {
    CountDownLatch struck = new CountDownLatch(1);
    side.faults().next(route, done ? Fault.unanswered() : Fault.broken(500));
    try (var _ =
        side.faults()
            .onCall(call -> {
              if (call.route().equals(route)) {
                kill(program, struck);
              }
            })) {
      dialogue.ask();
      return struck.await(SOON.toSeconds(), TimeUnit.SECONDS);
    } finally {
      side.faults().clear();
    }
  }

  private static void kill(Program program, CountDownLatch struck) {
    try {
      program.kill();
      struck.countDown();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
