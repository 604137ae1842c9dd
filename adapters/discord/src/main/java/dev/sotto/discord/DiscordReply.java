package dev.sotto.discord;

import dev.sotto.chat.LiveReply;
import dev.sotto.chat.Reply;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import net.dv8tion.jda.api.requests.Route;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A reply that grows by edits. One virtual thread shows the newest text at the {@link Pace} that
 * Discord allows, with one call under way at a time; texts in between are left out. The last word
 * is shown by the thread that gives it.
 */
final class DiscordReply implements LiveReply {
  private static final Logger LOG = LoggerFactory.getLogger(DiscordReply.class);

  /** A person does not miss the sign of typing for so long. */
  private static final Duration BEFORE_TYPING = Duration.ofMillis(300);

  /** Discord shows typing for 10 seconds. */
  private static final Duration TYPING = Duration.ofSeconds(8);

  /** Longer than any reply; calls have time-outs of their own. */
  private static final Duration FOREVER = Duration.ofHours(1);

  private final DiscordRest rest;
  private final Destination destination;
  private final ReplyMessages messages;
  private final Pace pace;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private String text = "";
  private boolean ended;
  private boolean busy;

  DiscordReply(DiscordRest rest, Destination destination, ReplyMessages messages, Pace pace) {
    this.rest = rest;
    this.destination = destination;
    this.messages = messages;
    this.pace = pace;
  }

  DiscordReply start() {
    Thread.ofVirtual().name("discord-reply").start(this::grow);
    return this;
  }

  @Override
  public void show(String grown) {
    locked(() -> text = grown);
  }

  @Override
  public void finish(Reply reply) {
    end();
    try {
      messages.finish(reply);
    } catch (RestException e) {
      throw e.platform();
    }
  }

  @Override
  public void close() {
    locked(() -> ended = true);
  }

  private void grow() {
    try (Pace.Slot slot = pace.enter(destination.expected())) {
      boolean useful = call(destination::channel);
      showAtWork(slot);
      useful &= !endedWithin(slot.untilFirst());
      for (String last = ""; useful; ) {
        String next = textBeyond(last, FOREVER);
        useful = call(() -> messages.grow(next)) && !endedWithin(slot.untilNext());
        last = next;
      }
    }
  }

  /** Shows the bot at work until there is something to read. */
  private void showAtWork(Pace.Slot slot) {
    Duration wait = BEFORE_TYPING;
    while (textBeyond("", wait).isEmpty() && !endedWithin(Duration.ZERO)) {
      if (!slot.crowded()) {
        type();
      }
      wait = TYPING;
    }
  }

  private void type() {
    try {
      rest.once(Route.Channels.SEND_TYPING.compile(destination.expected()), null);
    } catch (RestException e) {
      LOG.debug("Discord: no sign of typing: {}", e.line());
    }
  }

  /** Does a call unless the reply has ended; false when there is no use in another. */
  private boolean call(Runnable call) {
    if (!locked(this::begin)) {
      return false;
    }
    try {
      call.run();
      return true;
    } catch (RestException e) {
      return e.temporary();
    } catch (RuntimeException e) {
      LOG.warn("Discord: a reply does not stream: {}", e.getClass().getSimpleName());
      return false;
    } finally {
      locked(() -> {
        busy = false;
        return true;
      });
    }
  }

  private boolean begin() {
    busy = !ended;
    return busy;
  }

  private void end() {
    locked(() -> {
      ended = true;
      changed.signalAll();
      return await(FOREVER, () -> !busy);
    });
  }

  private boolean endedWithin(Duration wait) {
    return locked(() -> await(wait, () -> ended));
  }

  /**
   * The text once it is another than the last one, or what it is when the time or the reply ends.
   */
  private String textBeyond(String last, Duration wait) {
    return locked(() -> {
      await(wait, () -> ended || !text.equals(last));
      return text;
    });
  }

  private boolean await(Duration wait, BooleanSupplier condition) {
    long left = wait.toNanos();
    try {
      while (!condition.getAsBoolean() && left > 0) {
        left = changed.awaitNanos(left);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    return condition.getAsBoolean();
  }

  private <T> T locked(Supplier<T> action) {
    lock.lock();
    try {
      T result = action.get();
      changed.signalAll();
      return result;
    } finally {
      lock.unlock();
    }
  }
}
