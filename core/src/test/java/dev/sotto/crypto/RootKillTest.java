package dev.sotto.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sotto.ChildJvm;
import dev.sotto.crypto.Kills.Point;
import dev.sotto.crypto.root.RootKeyException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A process that replaces the root key dies at every step of it: everything stays readable. */
class RootKillTest extends StoreContract {
  private static final Progress SILENT = (done, total) -> {};
  private static final int WORKSPACES = 12;
  private static final long PATIENCE_SECONDS = 60;
  private static final int KILLED = 137;
  private static final int RANDOM_KILLS = 3;

  @Test
  void leavesNothingUnreadableWhereverItDies() throws Exception {
    List<Cell> cells = fill("");
    boolean away = true;
    for (Point point : Point.values()) {
      away = !away;
      String to = away ? "file:" + folder.resolve(point + "/root.key") : "";

      assertThat(dies(point, to, false)).as("%s", point).isEqualTo(Kills.STATUS);

      cells.addAll(recover(point.toString()));
      assertThat(cells)
          .as("after %s", point)
          .allSatisfy(it -> assertThat(store.read(it)).isEqualTo("text"));
    }
  }

  @Test
  void leavesNothingUnreadableWheneverItIsKilled() throws Exception {
    List<Cell> cells = fill("");
    Random random = new Random(7);
    for (int i = 0; i < RANDOM_KILLS; i++) {
      store.close();
      Process process = start(Point.TIDIED, "", false);
      process.waitFor(1_500 + random.nextInt(1_500), TimeUnit.MILLISECONDS);
      assertThat(process.destroyForcibly().waitFor()).isIn(KILLED, Kills.STATUS);

      cells.addAll(recover("random " + i));
      assertThat(cells).allSatisfy(it -> assertThat(store.read(it)).isEqualTo("text"));
    }
  }

  @Test
  void wouldLeaveAllUnreadableIfItLetGoOfTheOldKeyFirst() throws Exception {
    fill("");

    assertThat(dies(Point.HALF, "", true)).isEqualTo(Kills.STATUS);

    assertThatThrownBy(() -> store = SealedStore.open(properties))
        .hasRootCauseInstanceOf(RootKeyException.class);
    store = SealedStore.open(Map.of());
  }

  private int dies(Point point, String to, boolean careless) throws Exception {
    store.close();
    Process process = start(point, to, careless);
    assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  /** Starts with the setting that works, writes, and finishes what was begun. */
  private List<Cell> recover(String name) {
    try {
      store = SealedStore.open(properties);
    } catch (RuntimeException moved) {
      String said = told(moved);
      String place = said.replaceFirst(".*it is now at ([^;]+);.*", "$1");
      assertThat(place).startsWith("file:");
      properties.put("sotto.root-key", place);
      store = SealedStore.open(properties);
    }
    List<Cell> cells = fill(name);
    if (store.count("keys", "select count(*) from root_change") > 0) {
      store.bean(RootRotation.class).rotate(Optional.empty(), SILENT);
      properties.put("sotto.root-key", store.keys.rootKey());
      restart();
    }
    assertThat(store.count("keys", "select count(*) from root_key")).isOne();
    return cells;
  }

  private static String told(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null && !(cause instanceof RootKeyException)) {
      cause = cause.getCause();
    }
    return String.valueOf(cause.getMessage());
  }

  private List<Cell> fill(String name) {
    return new ArrayList<>(
        IntStream.range(0, WORKSPACES)
            .mapToObj(it ->
                store.put(store.cell(store.vault.person("slack:T" + name + it, "U1")), "text"))
            .toList());
  }

  private Process start(Point point, String to, boolean careless) throws IOException {
    Map<String, Object> all = new HashMap<>(properties);
    all.put(Kills.AT, point.name());
    all.put("careless", careless);
    all.put("to", to);
    Path settings = folder.resolve("settings.json");
    Files.writeString(settings, new ObjectMapper().writeValueAsString(all));
    return ChildJvm.of(Rotating.class, settings.toString())
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("child-" + point + ".log").toFile())
        .start();
  }

  /** The process that is killed. */
  static final class Rotating {
    private Rotating() {}

    static void main(String[] arguments) throws IOException {
      Map<?, ?> settings = new ObjectMapper().readValue(Path.of(arguments[0]).toFile(), Map.class);
      Map<String, Object> properties = new HashMap<>();
      settings.forEach((name, value) -> properties.put(String.valueOf(name), value));
      try (SealedStore store = SealedStore.open(properties)) {
        store.bean(Kills.Switch.class).arm();
        Optional<String> to =
            Optional.of(String.valueOf(settings.get("to"))).filter(it -> !it.isEmpty());
        store
            .bean(RootRotation.class)
            .rotate(
                to,
                (_, _) ->
                    store
                        .bean(Kills.Switch.class)
                        .pass(
                            store.bean(Kills.Switch.class).at(Point.HALF)
                                ? Point.HALF
                                : Point.REWRAPPED));
      }
    }
  }
}
