package dev.sotto.crypto;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * A process that rotates is killed; another goes on. In the end every row is readable and as it was
 * last acknowledged, nothing is under an old key, and each destroyed key has one certificate.
 */
class CrashTest extends StoreContract {
  private static final String TEAM = "slack:T1";
  private static final int ROWS = 30;
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final int LONGEST_LIFE_MILLIS = 1500;
  private static final long SEED = Long.getLong("sotto.seed", 4711);

  private static final List<String> STEPS =
      List.of(
          "RotationRows.add before",
          "RotationRows.add after",
          "VersionRows.add after",
          "ShadowRows.add before",
          "ShadowRows.add after",
          "VersionRows.retireOthers after",
          "VersionRows.activate after",
          "ShadowRows.activate before",
          "ShadowRows.activate after",
          "SealedRows.replace before",
          "SealedRows.replace after",
          "RotationRows.advance after",
          "TombstoneRows.add after",
          "TombstoneRows.deleteShadow after",
          "KeyLedger.record before",
          "KeyLedger.record after",
          "VersionRows.destroy before",
          "VersionRows.destroy after",
          "RotationRows.finish before",
          "RotationRows.finish after",
          "VersionRows.rewrap after",
          "VersionRows.addRewrapped after",
          "VersionRows.releaseTombstones after",
          "VersionRows.deleteReplaced after",
          "VersionRows.addTombstone before",
          "VersionRows.addTombstone after");

  @Test
  void survivesADeathAtEachStep() throws Exception {
    List<Cell> cells = fill();
    store.close();

    for (String step : STEPS) {
      Process process = start(Map.of(CrashPoints.AT, step, "test.rounds", "1"));
      assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).as(step).isTrue();
      assertThat(process.exitValue()).as(step).isEqualTo(CrashPoints.KILLED);
    }

    openStore();
    assertWhole(cells);
  }

  @Test
  void survivesBeingKilledAtAnyMoment() throws Exception {
    List<Cell> cells = fill();
    store.close();
    SplittableRandom random = new SplittableRandom(SEED);

    for (int i = 0; i < kills(); i++) {
      Files.deleteIfExists(folder.resolve("running"));
      Process process = start(Map.of("test.rounds", "1000"));
      await().atMost(PATIENCE).until(() -> ran(process));
      assertThat(process.waitFor(random.nextInt(LONGEST_LIFE_MILLIS), TimeUnit.MILLISECONDS))
          .as("it goes on until it is killed; seed %s", SEED)
          .isFalse();
      process.destroyForcibly().waitFor();
    }

    openStore();
    assertWhole(cells);
  }

  @Test
  void twoProcessesThatRotateAtOnceDoNoHarm() throws Exception {
    assumeFalse(files());
    List<Cell> cells = fill();
    store.close();

    List<Process> processes =
        List.of(start(Map.of("test.rounds", "3")), start(Map.of("test.rounds", "3")));
    for (Process process : processes) {
      assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isZero();
    }

    openStore();
    assertWhole(cells);
  }

  @Test
  void twinThatSavesItsKeysAfterUseLosesRows() {
    assumeTrue(files());
    List<Cell> cells = fill();
    String before = store.dump("keys");
    store.keys.rotate((done, total) -> {});

    // What was in memory only dies with the process.
    store.keyStore("drop all objects");
    for (String statement : before.split(";\\s*\n", -1)) {
      store.keyStore(statement);
    }
    restart();

    assertThatThrownBy(() -> store.read(now(cells.getFirst())))
        .isInstanceOf(IntegrityException.class);
  }

  @Test
  void keepsAnUpdateMadeBetweenReadingAndExchange() {
    restartAs(Blindness.LOOKS);
    Cell cell = fill().getFirst();
    store.bean(Blindness.Moment.class).once(() -> update(cell, "new words"));

    Rotation rotation = store.keys.rotate((done, total) -> {});

    assertThat(store.read(now(cell))).isEqualTo("new words");
    assertThat(rotation.waiting()).isZero();
  }

  @Test
  void twinThatWritesBlindlyLosesThatUpdate() {
    restartAs(Blindness.WRITES_BLINDLY);
    Cell cell = fill().getFirst();
    store.bean(Blindness.Moment.class).once(() -> update(cell, "new words"));

    store.keys.rotate((done, total) -> {});

    assertThatThrownBy(() -> store.read(now(cell))).isInstanceOf(IntegrityException.class);
  }

  /** More of them in the long run of continuous integration. */
  int kills() {
    return Integer.getInteger("test.kills", 30);
  }

  /** Whether the databases are files, of which a copy can be put back. */
  boolean files() {
    return true;
  }

  private void assertWhole(List<Cell> cells) throws IOException {
    cells.forEach(cell -> assertThat(store.read(now(cell))).isEqualTo(text(now(cell))));
    Rotation rest = store.keys.retire((done, total) -> {});
    assertThat(rest.unreadable()).isZero();
    store.keys.rotate((done, total) -> {});
    store.keys.rotate(new KeyTarget.WorkspaceKeys(), (done, total) -> {});

    Map<UUID, Integer> acknowledged = acknowledged();
    for (Cell cell : cells) {
      Cell now = now(cell);
      assertThat(store.read(now)).isEqualTo(text(now));
      assertThat(now.version()).isGreaterThanOrEqualTo(acknowledged.getOrDefault(cell.row(), 1));
    }
    assertThat(store.keys.status().pending()).isZero();
    assertThat(store.keys.status().rotating()).isFalse();
    assertThat(store.query("keys", "select distinct state from key_version"))
        .containsExactlyInAnyOrder("ACTIVE", "DESTROYED");
    assertCertifiedOnce();
  }

  private void assertCertifiedOnce() {
    List<String> deeds =
        FileLedger.deeds(ledger()).stream().filter(it -> it.contains("act=DESTROYED")).toList();
    assertThat(deeds).doesNotHaveDuplicates();
    assertThat(deeds.stream().map(it -> it.replaceAll(", rows=.*", "")))
        .doesNotHaveDuplicates()
        .hasSize(
            (int) store.count("keys", "select count(*) from key_version where state = 'DESTROYED'"))
        .hasSize((int) store.count("default", "select count(*) from destroyed_key"));
  }

  private List<Cell> fill() {
    List<Scope> scopes =
        List.of(
            store.vault.person(TEAM, "U1"),
            store.vault.person(TEAM, "U2"),
            store.vault.data("slack:T2"));
    List<Cell> cells = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      Cell cell = store.cell(scopes.get(i % scopes.size()));
      cells.add(store.put(cell, text(cell)));
    }
    return cells;
  }

  private void update(Cell cell, String text) {
    Cell next = new Cell(cell.field(), cell.scope(), cell.row(), cell.version() + 1);
    Ciphertext sealed = store.vault.seal(next, text);
    store.data(
        "update message set body = ?, key_id = ?, row_version = ? where id = ?",
        sealed.bytes(),
        sealed.keyId(),
        next.version(),
        next.row());
  }

  private Cell now(Cell cell) {
    long version =
        store.count("default", "select row_version from message where id = ?", cell.row());
    return new Cell(cell.field(), cell.scope(), cell.row(), (int) version);
  }

  private static String text(Cell cell) {
    return CrashProgram.text(cell);
  }

  private Map<UUID, Integer> acknowledged() throws IOException {
    Path file = folder.resolve("acknowledged");
    if (Files.notExists(file)) {
      return Map.of();
    }
    return Files.readAllLines(file).stream()
        .map(line -> line.split(" "))
        .filter(words -> words.length == 2)
        .collect(toMap(it -> UUID.fromString(it[0]), it -> Integer.valueOf(it[1]), Math::max));
  }

  private boolean ran(Process process) {
    if (!process.isAlive()) {
      throw new IllegalStateException("it ended before: " + said());
    }
    return Files.exists(folder.resolve("running"));
  }

  private String said() {
    try {
      return Files.readString(folder.resolve("said"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Process start(Map<String, String> more) throws IOException {
    return CrashProgram.start(folder, properties(), more);
  }
}
