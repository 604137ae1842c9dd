package dev.sotto.audit;

import dev.sotto.database.Flush;
import dev.sotto.database.UnflushedException;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this process knows of where the log stood: first from the anchor file, then by itself. It
 * writes that to the file, and to its own log for who keeps logs elsewhere, {@link #DELAY} after an
 * append at the latest and when it ends. A file that cannot be written is an error in the log, and
 * a check then fails.
 */
@Singleton
class Witness implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Witness.class);
  static final Duration DELAY = Duration.ofSeconds(2);

  private final AnchorFile file;
  private final Scribe scribe;
  private final Flush disk;
  private final AtomicReference<Optional<Position>> known = new AtomicReference<>(Optional.empty());
  private final AtomicReference<Position> anchored = new AtomicReference<>(Position.ORIGIN);
  private final AtomicBoolean waiting = new AtomicBoolean();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofVirtual().name("audit-anchor-", 0).factory());

  Witness(AnchorFile file, Scribe scribe, Flush disk) {
    this.file = file;
    this.scribe = scribe;
    this.disk = disk;
  }

  /** Where the log stood when this process last knew; empty if there is no anchor at all. */
  synchronized Optional<Position> last() {
    if (known.get().isEmpty()) {
      anchors().stream()
          .max(Comparator.comparing(Position::place))
          .ifPresent(it -> {
            known.set(Optional.of(it));
            anchored.set(it);
          });
    }
    return known.get();
  }

  /**
   * All anchors of this installation that the file holds.
   *
   * @throws AuditException it cannot be read
   */
  synchronized List<Position> anchors() {
    try {
      return file.read(scribe.owner());
    } catch (IOException e) {
      throw new AuditException("has an anchor that cannot be read, " + file);
    }
  }

  /** The first anchor of all: on the disk before there is anything that it would have to know. */
  synchronized void begin(Position position) {
    known.set(Optional.of(position));
    write(position);
  }

  /** Takes note of an append that is committed. */
  synchronized void saw(Position position) {
    if (known.get().filter(it -> it.place().compareTo(position.place()) >= 0).isEmpty()) {
      known.set(Optional.of(position));
      if (waiting.compareAndSet(false, true)) {
        var _ = thread.schedule(this::flush, DELAY.toMillis(), TimeUnit.MILLISECONDS);
      }
    }
  }

  /** Writes down what is not written yet. */
  synchronized void flush() {
    waiting.set(false);
    known.get().filter(it -> !it.equals(anchored.get())).ifPresent(this::write);
  }

  private void write(Position position) {
    LOG.info("audit: anchor {} {}", position.place(), position.mac().hex());
    try {
      disk.data();
      file.append(scribe.owner(), position);
      anchored.set(position);
    } catch (UnflushedException e) {
      LOG.warn("audit: the anchor waits, the log may not be on the disk");
    } catch (IOException e) {
      LOG.error(
          "audit: the anchor {} cannot be written ({}), and a check of the log will fail:"
              + " name another file in sotto.audit-anchor",
          file,
          e.getClass().getSimpleName());
    }
  }

  @Override
  @PreDestroy
  public void close() {
    thread.shutdown();
    flush();
  }
}
