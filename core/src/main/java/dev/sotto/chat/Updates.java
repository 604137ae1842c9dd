package dev.sotto.chat;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Hands the newest of many texts to a sender, from a thread of its own and no more often than the
 * sender allows. A text that is replaced before it was due is never sent, and neither is one that
 * waits when the updates are closed.
 */
public final class Updates implements AutoCloseable {
  /** What is over within this time is shown once, at its end. */
  static final Duration GATHER = Duration.ofMillis(400);

  /** Shows one text. */
  @FunctionalInterface
  public interface Sender {

    /** Does not throw; answers how long to wait before the next. */
    Duration send(String text);
  }

  private final Sender sender;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ReentrantLock sending = new ReentrantLock();
  private Optional<String> newest = Optional.empty();
  private long due;
  private boolean begun;
  private boolean closed;

  public Updates(Sender sender) {
    this.sender = sender;
  }

  /** Never blocks and never throws. */
  public void show(String text) {
    lock.lock();
    try {
      newest = Optional.of(text);
      if (!begun && !closed) {
        begun = true;
        due = System.nanoTime() + GATHER.toNanos();
        Thread.ofVirtual().name("updates").start(this::work);
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** When it returns, nothing is being sent and nothing will be. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    sending.lock();
    try {
      forget();
    } finally {
      sending.unlock();
    }
  }

  private void forget() {
    lock.lock();
    try {
      newest = Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  private void work() {
    try {
      for (Optional<String> text = next(); text.isPresent(); text = next()) {
        send(text.get());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Optional<String> next() throws InterruptedException {
    lock.lock();
    try {
      while (!closed) {
        long left = newest.isEmpty() ? Long.MAX_VALUE : due - System.nanoTime();
        if (left <= 0) {
          Optional<String> text = newest;
          newest = Optional.empty();
          return text;
        }
        changed.awaitNanos(left);
      }
      return Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  private void send(String text) {
    sending.lock();
    try {
      if (!isClosed()) {
        due = System.nanoTime() + sender.send(text).toNanos();
      }
    } finally {
      sending.unlock();
    }
  }

  private boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }
}
