package dev.sotto.crypto;

import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Property;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.context.event.StartupEvent;
import jakarta.inject.Provider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Replaces all keys over and over beside whatever else the process does, and pauses after each time
 * for as long as it took, so that one run has both: for the load driver.
 */
@Context
@Requires(property = RotationBeside.PLACE)
public final class RotationBeside implements ApplicationEventListener<StartupEvent> {
  /** The file that is told when rotations were under way. */
  public static final String PLACE = "load.rotating";

  private final Provider<Keys> keys;
  private final Path place;

  RotationBeside(Provider<Keys> keys, @Property(name = PLACE) String place) {
    this.keys = keys;
    this.place = Path.of(place);
  }

  /** The time of one rotation. */
  public record Spell(Instant from, Instant to, long rows) {
    /** Whether all of that time was in it. */
    public boolean covers(Instant begin, Instant end) {
      return !begin.isBefore(from) && !end.isAfter(to);
    }

    /** Whether some of that time was in it. */
    public boolean touches(Instant begin, Instant end) {
      return !end.isBefore(from) && !begin.isAfter(to);
    }

    private static Spell parse(String line) {
      String[] words = line.split(" ", -1);
      return new Spell(Instant.parse(words[0]), Instant.parse(words[1]), Long.parseLong(words[2]));
    }

    private String line() {
      return "%s %s %d%n".formatted(from, to, rows);
    }
  }

  /** The rotations that have ended. */
  public static List<Spell> spells(Path place) throws IOException {
    return Files.readAllLines(place).stream().map(Spell::parse).toList();
  }

  @Override
  public void onApplicationEvent(StartupEvent event) {
    Thread.ofPlatform().daemon().name("rotation").start(this::rotate);
  }

  private void rotate() {
    while (true) {
      Instant begin = Instant.now();
      long rows = keys.get().rotate((done, total) -> {}).rows();
      Spell spell = new Spell(begin, Instant.now(), rows);
      write(spell);
      LockSupport.parkNanos(Duration.between(spell.from(), spell.to()).toNanos());
    }
  }

  private void write(Spell spell) {
    try {
      Files.writeString(place, spell.line(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
