package dev.sotto.memory;

import dev.sotto.chat.Person;
import dev.sotto.crypto.Erased;
import dev.sotto.crypto.Field;
import dev.sotto.crypto.Progress;
import dev.sotto.crypto.Receipt;
import dev.sotto.crypto.Scope;
import dev.sotto.crypto.Shredder;
import dev.sotto.crypto.Vault;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Erases a person, a conversation, a workspace for good: first their keys, after which nothing of
 * them opens, then what was made of their messages, then all rows, in batches of {@value
 * Erasing#BATCH}. May be cut off anywhere; the next call or start goes on, and there is one
 * receipt. What is being answered meanwhile is not kept.
 */
@Singleton
public class Erasure implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Erasure.class);

  /** How often rows may appear while they are deleted: a process that seals is told in a second. */
  private static final int ATTEMPTS = 60;

  private static final Duration PAUSE = Duration.ofMillis(100);
  private static final Duration GRACE = Duration.ofSeconds(1);

  private final Shredder shredder;
  private final Vault vault;
  private final ConversationRows conversations;
  private final Erasing erasing;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(Thread.ofVirtual().name("erasure-", 0).factory());

  Erasure(Shredder shredder, Vault vault, ConversationRows conversations, Erasing erasing) {
    this.shredder = shredder;
    this.vault = vault;
    this.conversations = conversations;
    this.erasing = erasing;
  }

  /** All that a person wrote in a workspace, and the answers; empty if there is nothing. */
  public Optional<Receipt> person(Person person, Progress progress) {
    return shredder.person(person.workspace().key(), person.id()).map(it -> complete(it, progress));
  }

  /**
   * All that was said in a conversation, by whomever; empty if there is none. Its messages are
   * sealed for the persons who wrote them, whose keys stay: they are deleted, and deleted again
   * when older data is put back.
   */
  public Optional<Receipt> conversation(ConversationKey key, Progress progress) {
    return conversations
        .find(key.forms(vault).all())
        .map(it -> complete(shredder.conversation(key.workspace(), it.id()), progress));
  }

  /** Everything of a workspace, such as {@code slack:T1}; empty if there is nothing. */
  public Optional<Receipt> workspace(String key, Progress progress) {
    return shredder.workspace(key).map(it -> complete(it, progress));
  }

  /** Completes what was cut off, and erases again what came back with older data. */
  public List<Receipt> resume(Progress progress) {
    List<Receipt> completed =
        shredder.unfinished().stream().map(it -> complete(it, progress)).toList();
    Meter meter = new Meter(progress, 0);
    shredder.restored().forEach(it -> clear(it, meter));
    List<UUID> page = shredder.conversations(Optional.empty());
    while (!page.isEmpty()) {
      erasing.existing(page).forEach(it -> clear(it, meter));
      page = shredder.conversations(Optional.of(page.getLast()));
    }
    return completed;
  }

  /** Resumes, in the background. */
  public void start() {
    thread.execute(() -> {
      try {
        LOG.info("erasure: {} that were cut off are complete", resume((_, _) -> {}).size());
      } catch (RuntimeException e) {
        LOG.error(
            "erasure: not everything is deleted, the next start goes on: {}",
            e.getClass().getName());
      }
    });
  }

  /** Lets a batch that has begun come to its end. */
  @Override
  @PreDestroy
  public void close() {
    thread.shutdownNow();
    try {
      var _ = thread.awaitTermination(GRACE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Receipt complete(Erased erased, Progress progress) {
    Meter meter = new Meter(progress, erased.rows().orElseGet(() -> count(erased)));
    List<Scope> page = shredder.remaining(erased, Optional.empty());
    while (!page.isEmpty()) {
      page.forEach(it -> clear(it, meter));
      page = shredder.remaining(erased, Optional.of(page.getLast()));
    }
    erased.conversation().ifPresent(it -> clear(it, meter));
    return shredder.finish(erased);
  }

  private long count(Erased erased) {
    long rows = erased.conversation().map(erasing::countIn).orElse(0L);
    List<Scope> page = shredder.remaining(erased, Optional.empty());
    while (!page.isEmpty()) {
      rows += shredder.count(page);
      page = shredder.remaining(erased, Optional.of(page.getLast()));
    }
    shredder.counted(erased, rows);
    return rows;
  }

  private void clear(UUID conversation, Meter meter) {
    each(() -> erasing.removeIn(conversation), meter);
  }

  /** Rows may still come from who has not heard of it, until no row can name the scope. */
  private void clear(Scope scope, Meter meter) {
    if (scope.kind() == Scope.Kind.PERSON) {
      erasing
          .conversationsOf(scope.id())
          .forEach(it -> {
            shredder.dependent(scope, it);
            erasing.dropDerived(it);
          });
    }
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      each(() -> erasing.removeOf(scope.id()), meter);
      for (Field field : Field.values()) {
        each(() -> shredder.remove(field, scope, Erasing.BATCH), meter);
      }
      if (shredder.release(scope)) {
        return;
      }
      pause();
    }
    throw new IllegalStateException("rows of erased scope " + scope.id() + " keep coming");
  }

  private static void each(IntSupplier batch, Meter meter) {
    for (int rows = batch.getAsInt(); rows > 0; rows = batch.getAsInt()) {
      meter.add(rows);
      if (Thread.currentThread().isInterrupted()) {
        throw new IllegalStateException("interrupted while erasing: the next start goes on");
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while erasing: the next start goes on", e);
    }
  }

  private static final class Meter {
    private final Progress progress;
    private final long total;
    private long done;

    Meter(Progress progress, long total) {
      this.progress = progress;
      this.total = total;
    }

    void add(int rows) {
      done += rows;
      progress.advance(done, Math.max(done, total));
    }
  }
}
