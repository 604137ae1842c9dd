package dev.sotto.bots;

import dev.sotto.sandbox.side.Call;
import dev.sotto.sandbox.side.Fault;
import dev.sotto.sandbox.side.Side;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each call of a turn to a platform fails in each way, and every event comes twice. */
class PlatformFaultsEndToEndTest {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final List<Fault> FAULTS =
      List.of(
          Fault.tooMany(Duration.ofSeconds(1)), Fault.broken(500), Fault.cut(), Fault.unanswered());

  @TempDir private Path folder;

  @Test
  void losesAndDoublesNothingWhateverAPlatformMakesOfACall() throws Exception {
    try (World world = new World(folder);
        Program program = Program.run(new Program.Plan(world, folder.resolve("p")))) {
      Dialogue dialogue = new Dialogue(world);
      dialogue.awaitAnswers(PATIENCE);
      Map<Side, List<String>> routes = routes(world, dialogue);
      int most = routes.values().stream().mapToInt(List::size).max().orElseThrow();
      int struck = 0;
      for (Fault fault : FAULTS) {
        for (int i = 0; i < most; i++) {
          int number = i;
          routes.forEach((side, all) -> side.faults().next(all.get(number % all.size()), fault));
          dialogue.ask();
          world.sandbox().sides().forEach(it -> it.sockets().redeliver());
          dialogue.awaitAnswers(PATIENCE);
          struck += 2 - routes.keySet().stream().mapToInt(it -> it.faults().left()).sum();
          routes.keySet().forEach(it -> it.faults().clear());
        }
      }
      System.out.printf("%d faults, %d messages on each platform%n", struck, dialogue.asked());
    }
  }

  /** What one turn calls. */
  private static Map<Side, List<String>> routes(World world, Dialogue dialogue) {
    Map<Side, Integer> before = new HashMap<>();
    world.sandbox().sides().forEach(it -> before.put(it, it.faults().calls().size()));
    dialogue.ask();
    dialogue.awaitAnswers(PATIENCE);
    Map<Side, List<String>> routes = new HashMap<>();
    before.forEach((side, count) -> {
      List<Call> calls = side.faults().calls();
      var names = new LinkedHashSet<String>();
      calls.subList(count, calls.size()).forEach(it -> names.add(it.route()));
      routes.put(side, new ArrayList<>(names));
    });
    return routes;
  }
}
