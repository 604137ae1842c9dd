package dev.sotto.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import dev.sotto.ChildJvm;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;

/**
 * A process that replaces keys over and over while it writes rows, until it is killed: from
 * outside, or by itself at a named step ({@link CrashPoints}).
 */
final class CrashProgram {
  /** How many rows it writes; the others are left to the rotation. */
  private static final int WRITTEN = 15;

  /** Whether it replaces the index key and no other. */
  static final String INDEX = "test.index";

  private final SealedStore store;
  private final List<Cell> cells;
  private final Path acknowledged;

  private CrashProgram(SealedStore store, Path acknowledged) {
    this.store = store;
    this.acknowledged = acknowledged;
    this.cells =
        store.query("default", "select id from message order by id").stream()
            .map(id -> cell((UUID) id))
            .limit(WRITTEN)
            .toList();
  }

  /** Another process with this program, which says what it says into a file of the folder. */
  static Process start(Path folder, Map<String, Object> store, Map<String, String> more)
      throws IOException {
    Properties properties = new Properties();
    store.forEach((name, value) -> properties.setProperty(name, value.toString()));
    properties.putAll(more);
    properties.setProperty("test.folder", folder.toString());
    Path file = folder.resolve("child.properties");
    try (BufferedWriter writer = Files.newBufferedWriter(file)) {
      properties.store(writer, null);
    }
    return ChildJvm.of(CrashProgram.class, file.toString())
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("said").toFile())
        .start();
  }

  static void main(String... arguments) throws IOException {
    Properties given = new Properties();
    try (BufferedReader reader = Files.newBufferedReader(Path.of(arguments[0]))) {
      given.load(reader);
    }
    Map<String, Object> properties = new HashMap<>();
    given.forEach((name, value) -> properties.put((String) name, value));
    Path folder = Path.of(given.getProperty("test.folder"));
    CrashProgram program =
        new CrashProgram(SealedStore.open(properties), folder.resolve("acknowledged"));
    Thread.ofPlatform().daemon().start(program::write);
    Files.writeString(folder.resolve("running"), "", CREATE);
    int rounds = Integer.parseInt(given.getProperty("test.rounds"));
    if (given.containsKey(INDEX)) {
      program.rotateIndex(rounds);
    } else {
      program.rotate(rounds);
    }
    Runtime.getRuntime().halt(0);
  }

  private void rotate(int rounds) {
    for (int i = 0; i < rounds; i++) {
      store.keys.retire((done, total) -> {});
      store.keys.rotate((done, total) -> {});
      store.keys.rotate(new KeyTarget.WorkspaceKeys(), (done, total) -> {});
    }
  }

  private void rotateIndex(int rounds) {
    for (int i = 0; i < rounds; i++) {
      store.keys.retire((done, total) -> {});
      store.keys.rotate(new KeyTarget.IndexKey(), (done, total) -> {});
    }
  }

  private void write() {
    for (int i = 0; ; i++) {
      Cell next = raised(cells.get(i % cells.size()));
      Ciphertext sealed = store.vault.seal(next, text(next));
      try {
        store.data(
            "update message set body = ?, key_id = ?, row_version = ? where id = ?",
            sealed.bytes(),
            sealed.keyId(),
            next.version(),
            next.row());
        acknowledge(next);
      } catch (IllegalStateException keyWasDestroyedMeanwhile) {
        System.out.println("refused: " + next.row());
      }
    }
  }

  /** Only after it is kept. */
  private void acknowledge(Cell cell) {
    String line = cell.row() + " " + cell.version() + "\n";
    try {
      Files.write(acknowledged, line.getBytes(UTF_8), CREATE, APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Cell raised(Cell cell) {
    long version =
        store.count("default", "select row_version from message where id = ?", cell.row());
    return new Cell(cell.field(), cell.scope(), cell.row(), (int) version + 1);
  }

  private Cell cell(UUID id) {
    Object scope =
        store.query("default", "select scope_id from message where id = ?", id).getFirst();
    return new Cell(Field.MESSAGE, store.vault.scope((UUID) scope), id, 1);
  }

  /** What a row says in a version. */
  static String text(Cell cell) {
    return "version " + cell.version() + " of " + cell.row();
  }
}
