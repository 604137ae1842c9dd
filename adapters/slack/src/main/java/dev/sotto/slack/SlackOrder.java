package dev.sotto.slack;

import dev.sotto.chat.Address;
import dev.sotto.chat.ChatEvent;
import dev.sotto.chat.Inbox;
import dev.sotto.chat.InboxUnavailableException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * Hands what happens in a place to the inbox in the order of its arrival. What could not be kept is
 * handed in again every half second, and what comes after it in its place waits behind it. None of
 * it is acknowledged: Slack repeats it seconds or minutes later, when it would be out of order, and
 * the inbox knows the repeat.
 */
final class SlackOrder implements AutoCloseable {
  /** Events that wait, in all places; what comes beyond is left to Slack's repeats alone. */
  private static final int MOST = 1_000;

  private static final int GATES = 256;
  private static final long PAUSE_MILLIS = 500;

  private final Inbox inbox;
  private final Executor threads;
  private final Map<Address, Map<String, ChatEvent>> behind = new ConcurrentHashMap<>();
  private final AtomicInteger waiting = new AtomicInteger();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final List<Lock> gates =
      Stream.generate(() -> new ReentrantLock(true)).limit(GATES).<Lock>map(it -> it).toList();

  SlackOrder(Inbox inbox, Executor threads) {
    this.inbox = inbox;
    this.threads = threads;
  }

  /**
   * Returns when the event is kept.
   *
   * @param first done before it, and before what comes after it in its place
   * @throws InboxUnavailableException it is not yet: do not acknowledge it
   */
  void keep(ChatEvent event, Runnable first) {
    Lock gate = gate(event.address());
    gate.lock();
    try {
      first.run();
      if (behind.containsKey(event.address())) {
        throw new InboxUnavailableException("waits behind another", new IllegalStateException());
      }
      var _ = inbox.accept(event);
    } catch (InboxUnavailableException e) {
      hold(event);
      throw e;
    } finally {
      gate.unlock();
    }
  }

  private void hold(ChatEvent event) {
    if (closing.getCount() == 0 || waiting.get() >= MOST) {
      return;
    }
    boolean first = !behind.containsKey(event.address());
    Map<String, ChatEvent> events =
        behind.computeIfAbsent(event.address(), _ -> new LinkedHashMap<>());
    if (events.putIfAbsent(event.id(), event) == null) {
      waiting.incrementAndGet();
    }
    if (first) {
      threads.execute(() -> handInAgain(event.address()));
    }
  }

  private void handInAgain(Address place) {
    Lock gate = gate(place);
    for (boolean done = false; !done && pause(); ) {
      gate.lock();
      try {
        done = handIn(place);
      } finally {
        gate.unlock();
      }
    }
  }

  private boolean handIn(Address place) {
    Iterator<ChatEvent> events = behind.getOrDefault(place, Map.of()).values().iterator();
    try {
      while (events.hasNext()) {
        var _ = inbox.accept(events.next());
        events.remove();
        waiting.decrementAndGet();
      }
      behind.remove(place);
      return true;
    } catch (InboxUnavailableException e) {
      return false;
    }
  }

  private boolean pause() {
    try {
      return !closing.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private Lock gate(Address place) {
    return gates.get(Math.floorMod(place.hashCode(), GATES));
  }

  /** What waits is left to Slack's repeats. */
  @Override
  public void close() {
    closing.countDown();
  }
}
