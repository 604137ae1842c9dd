package dev.sotto.slack;

import dev.sotto.chat.LiveReply;
import dev.sotto.chat.Reply;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pace of one reply. A thread of its own shows the newest text when it is due: the first after
 * {@value #GATHER_MILLIS} ms, so that an answer that is whole by then costs one call, then after
 * {@value #CHUNK} more characters or a second, as Slack's own clients do. A bot that thinks longer
 * than {@value #STATUS_MILLIS} ms is shown at work.
 */
final class SlackReply implements LiveReply {
  static final int CHUNK = 256;
  static final int GATHER_MILLIS = 400;
  static final int STATUS_MILLIS = 300;
  private static final long PAUSE = Duration.ofSeconds(1).toNanos();

  /** A longer wait than this is left to the caller. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

  private static final int ATTEMPTS = 3;
  private static final String AT_WORK = "is thinking…";

  private static final Logger log = LoggerFactory.getLogger(SlackReply.class);

  private final SlackMessages messages;
  private final SlackChat chat;
  private final Executor threads;
  private final Duration late;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ReentrantLock calling = new ReentrantLock();
  private Optional<String> newest = Optional.empty();
  private int length;
  private long due;
  private boolean begun;
  private boolean chunks;
  private boolean ended;
  private boolean statusShown;

  SlackReply(SlackMessages messages, SlackChat chat, Executor threads, Duration late) {
    this.messages = messages;
    this.chat = chat;
    this.threads = threads;
    this.late = late;
    threads.execute(this::work);
  }

  @Override
  public void show(String text) {
    lock.lock();
    try {
      if (!begun) {
        begun = true;
        due = System.nanoTime() + Duration.ofMillis(GATHER_MILLIS).toNanos();
      }
      newest = Optional.of(text);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void finish(Reply reply) {
    end();
    calling.lock();
    try {
      finishPatiently(reply);
    } finally {
      calling.unlock();
    }
  }

  @Override
  public void close() {
    end();
    calling.lock();
    try {
      messages.abandon();
      if (statusShown) {
        statusShown = false;
        status("");
      }
    } finally {
      calling.unlock();
    }
  }

  private void end() {
    lock.lock();
    try {
      ended = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void finishPatiently(Reply reply) {
    for (int attempt = 1; ; attempt++) {
      try {
        messages.finish(reply);
        sweepLater();
        return;
      } catch (SlackFailure e) {
        boolean patient =
            attempt < ATTEMPTS
                && e.kind() != SlackFailure.Kind.REFUSED
                && e.retryAfter().compareTo(LONGEST_WAIT) <= 0;
        if (!patient || !slept(e.retryAfter())) {
          throw e.forCore();
        }
      }
    }
  }

  private void sweepLater() {
    if (messages.doubted()) {
      threads.execute(() -> {
        if (slept(late)) {
          messages.sweep();
        }
      });
    }
  }

  private static boolean slept(Duration time) {
    try {
      Thread.sleep(time);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void work() {
    try {
      if (!awaitFirst()) {
        call(this::showAtWork);
      }
      for (Optional<String> text = next(); text.isPresent(); text = next()) {
        String now = text.get();
        call(() -> showNow(now));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether a text came, or the end, before the bot has to be shown at work. */
  private boolean awaitFirst() throws InterruptedException {
    lock.lock();
    try {
      long left = Duration.ofMillis(STATUS_MILLIS).toNanos();
      while (!begun && !ended && left > 0) {
        left = changed.awaitNanos(left);
      }
      return begun || ended;
    } finally {
      lock.unlock();
    }
  }

  /** The newest text when it is due; empty at the end. */
  private Optional<String> next() throws InterruptedException {
    lock.lock();
    try {
      while (!ended) {
        long left = newest.isEmpty() ? Long.MAX_VALUE : due - System.nanoTime();
        if (left <= 0 || newest.filter(this::isChunk).isPresent()) {
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

  private boolean isChunk(String text) {
    return chunks && text.length() - length >= CHUNK;
  }

  private boolean ended() {
    lock.lock();
    try {
      return ended;
    } finally {
      lock.unlock();
    }
  }

  /** Runs unless the reply has ended meanwhile. */
  private void call(Runnable call) {
    calling.lock();
    try {
      if (!ended()) {
        call.run();
      }
    } finally {
      calling.unlock();
    }
  }

  private void showAtWork() {
    statusShown = chat.inThread() && status(AT_WORK);
  }

  private void showNow(String text) {
    Duration wait = Duration.ofNanos(PAUSE);
    try {
      messages.show(text);
    } catch (SlackFailure e) {
      log.debug("Slack: shown later ({})", e.getMessage());
      wait = e.retryAfter().compareTo(wait) > 0 ? e.retryAfter() : wait;
    }
    lock.lock();
    try {
      length = text.length();
      due = System.nanoTime() + wait.toNanos();
      chunks = messages.streaming() && wait.toNanos() == PAUSE;
    } finally {
      lock.unlock();
    }
  }

  private boolean status(String text) {
    try {
      chat.status(text);
      return true;
    } catch (SlackFailure e) {
      log.debug("Slack: no status ({})", e.getMessage());
      return false;
    }
  }
}
