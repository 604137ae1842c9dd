package dev.sotto.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sotto.ChildJvm;
import dev.sotto.StoredContract;
import dev.sotto.chat.Person;
import dev.sotto.crypto.Cell;
import dev.sotto.crypto.ErasedException;
import dev.sotto.crypto.ErasureCrashPoints;
import dev.sotto.crypto.Field;
import dev.sotto.crypto.Receipt;
import dev.sotto.crypto.Scope;
import dev.sotto.crypto.Shredder;
import dev.sotto.crypto.Stored;
import dev.sotto.crypto.Vault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An erasure in a process of its own, which is killed at every step of it. */
class ErasureKillTest extends StoredContract {
  private static final Instant NOON = Instant.parse("2126-05-04T12:00:00.123456Z");
  private static final Duration LONG = Duration.ofDays(3_650);
  private static final ConversationKey HALL =
      new ConversationKey(ACME.key(), List.of("desk", "channel", "hall"));
  private static final int TURNS = Erasing.BATCH / 2 + 10;
  private static final int RANDOM_KILLS = 3;
  private static final int LONGEST_MILLIS = 600;

  @TempDir private Path folder;

  @Test
  void endsWithNothingReadableNoRowsAndOneReceiptWhereverItIsKilled() throws Exception {
    remember(TOM, 0);
    List<String> receipts = new ArrayList<>();
    for (String point : ErasureCrashPoints.all()) {
      Killed killed = ready(new Person(ACME, "U-" + point.replace(' ', '-')));

      assertThat(child(killed.person(), point, 0)).as(point).isEqualTo(ErasureCrashPoints.STATUS);

      receipts.add(endsWell(killed, point));
    }
    assertThat(receipts).doesNotHaveDuplicates();
  }

  @Test
  void endsWellAlsoWhenItIsKilledAtAnyTime() throws Exception {
    Random random = new Random(42);
    for (int i = 0; i < RANDOM_KILLS; i++) {
      Killed killed = ready(new Person(ACME, "U" + i));

      int millis = 1 + random.nextInt(LONGEST_MILLIS);
      var _ = child(killed.person(), "nowhere:1", millis);

      endsWell(killed, "after " + millis + " ms");
    }
  }

  /** Somebody to be erased, and the places of what is kept of them. */
  private record Killed(Person person, Scope scope, List<Cell> cells, List<byte[]> bodies) {}

  private Killed ready(Person person) {
    for (int turn = 1; turn <= TURNS; turn++) {
      remember(person, turn);
    }
    Scope scope = bean(Memory.class).scope(person);
    List<Cell> cells = new ArrayList<>();
    List<byte[]> bodies = new ArrayList<>();
    query("default", "select id, body from message where scope_id = ?", scope.id())
        .forEach(it -> {
          cells.add(new Cell(Field.MESSAGE, scope, (UUID) it.get(0), 1));
          bodies.add((byte[]) it.get(1));
        });
    UUID hall = (UUID) query("default", "select id from conversation").getFirst().getFirst();
    assertThat(bean(Vault.class).conversation(ACME.key(), hall)).isNotNull();
    return new Killed(person, scope, cells, bodies);
  }

  private String endsWell(Killed killed, String when) {
    Erasure erasure = bean(Erasure.class);
    erasure.resume((_, _) -> {});
    erasure.person(killed.person(), (_, _) -> {});
    Vault vault = bean(Vault.class);
    for (int i = 0; i < killed.cells().size(); i++) {
      Cell cell = killed.cells().get(i);
      byte[] body = killed.bodies().get(i);
      assertThatThrownBy(() -> vault.open(cell, Stored.value(body)))
          .as(when)
          .isInstanceOf(ErasedException.class);
    }
    for (Field field : Field.values()) {
      String rows = "select count(*) from " + field.table() + " where scope_id = ?";
      assertThat(count("default", rows, killed.scope().id())).as(when).isZero();
    }
    List<Receipt> receipts =
        bean(Shredder.class).receipts().stream()
            .filter(it -> it.json().contains(killed.scope().id().toString()))
            .toList();
    assertThat(receipts).as(when).hasSize(1);
    assertThat(receipts.getFirst().rows()).as(when).isEqualTo(2L * TURNS);
    assertThat(Receipt.verify(receipts.getFirst().json(), bean(Shredder.class).publicKey()))
        .isTrue();
    assertThat(bean(Memory.class).recall(HALL, 10, LONG).said()).hasSizeLessThanOrEqualTo(2);
    return receipts.getFirst().json();
  }

  private int child(Person person, String point, int killAfterMillis) throws Exception {
    Path settings = folder.resolve("settings");
    Properties properties = new Properties();
    properties().forEach((key, value) -> properties.setProperty(key, value.toString()));
    properties.setProperty(ErasureCrashPoints.PROPERTY, point);
    try (var out = Files.newOutputStream(settings)) {
      properties.store(out, null);
    }
    return whileClosed(() -> run(settings, person, killAfterMillis));
  }

  private static int run(Path settings, Person person, int killAfterMillis)
      throws IOException, InterruptedException {
    Process process =
        ChildJvm.of(ErasureChild.class, settings.toString(), person.id())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (var out = process.inputReader()) {
      String line = out.readLine();
      while (line != null && !line.equals("ready")) {
        line = out.readLine();
      }
      if (killAfterMillis > 0) {
        var _ = process.waitFor(killAfterMillis, TimeUnit.MILLISECONDS);
        process.destroyForcibly();
      }
      return process.waitFor();
    } finally {
      process.destroyForcibly();
    }
  }

  private void remember(Person person, int turn) {
    Memory memory = bean(Memory.class);
    memory.remember(
        new Exchange(HALL, person, "m" + turn, NOON.plusSeconds(turn), "q", "a", false, LONG),
        memory.scope(person));
  }
}
