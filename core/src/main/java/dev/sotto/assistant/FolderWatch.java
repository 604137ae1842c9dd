package dev.sotto.assistant;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Calls back when a folder changed: soon after the system tells so and writing has come to rest,
 * and every {@code poll} for file systems (network, containers) and subfolders that never tell.
 */
final class FolderWatch implements AutoCloseable {
  private static final int MOST_QUIET_WAITS = 20;
  private final WatchService service;
  private final Duration poll;
  private final Duration quiet;
  private final Listener listener;

  /** Who is called, always from the same thread. */
  interface Listener {
    /**
     * The folder may have changed.
     *
     * @param told whether the system said so; otherwise it is only time to look
     */
    void look(boolean told);
  }

  FolderWatch(Path folder, Duration poll, Duration quiet, Listener listener) throws IOException {
    this.service = folder.getFileSystem().newWatchService();
    this.poll = poll;
    this.quiet = quiet;
    this.listener = listener;
    folder.register(
        service,
        StandardWatchEventKinds.ENTRY_CREATE,
        StandardWatchEventKinds.ENTRY_MODIFY,
        StandardWatchEventKinds.ENTRY_DELETE);
  }

  void start() {
    Thread.ofVirtual().name("assistants").start(this::run);
  }

  private void run() {
    try {
      while (true) {
        boolean told = event(poll);
        if (told) {
          awaitQuiet();
        }
        listener.look(told);
      }
    } catch (ClosedWatchServiceException closed) {
      // the way this thread ends
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /** An editor writes a file in several steps; reads it after the last, but not never. */
  private void awaitQuiet() throws InterruptedException {
    int waits = 0;
    while (waits < MOST_QUIET_WAITS && event(quiet)) {
      waits++;
    }
  }

  private boolean event(Duration most) throws InterruptedException {
    Optional<WatchKey> key =
        Optional.ofNullable(service.poll(most.toMillis(), TimeUnit.MILLISECONDS));
    key.ifPresent(it -> {
      it.pollEvents();
      it.reset();
    });
    return key.isPresent();
  }

  @Override
  public void close() throws IOException {
    service.close();
  }
}
