package dev.sotto.sandbox.side;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * The faults planned for the HTTP calls of one platform, and the record of the last 10,000 calls. A
 * route is Slack's method ({@code chat.postMessage}) or Discord's verb and path with braces for ids
 * ({@code POST /channels/{}/messages}). Thread-safe.
 */
public final class Faults {

  /** The route that stands for any call. */
  public static final String ANY = "*";

  private static final int MOST_CALLS = 10_000;

  private final Map<String, Deque<Fault>> planned = new HashMap<>();
  private final Deque<Call> calls = new ArrayDeque<>();
  private final List<Consumer<Call>> listeners = new CopyOnWriteArrayList<>();

  /** Plans a fault for the next call of a route, after those already planned for it. */
  public void next(String route, Fault fault) {
    next(route, 1, fault);
  }

  /** Plans a fault for the next calls of a route, at most 10,000, after those already planned. */
  public synchronized void next(String route, int times, Fault fault) {
    if (times < 1 || times > MOST_CALLS) {
      throw new IllegalArgumentException("between 1 and " + MOST_CALLS + " times");
    }
    Deque<Fault> queue = planned.computeIfAbsent(route, _ -> new ArrayDeque<>());
    for (int i = 0; i < times; i++) {
      queue.add(fault);
    }
  }

  /** How many planned faults have not yet struck. */
  public synchronized int left() {
    return planned.values().stream().mapToInt(Deque::size).sum();
  }

  /** Calls off everything planned. */
  public synchronized void clear() {
    planned.clear();
  }

  /** The calls of a route, oldest first. */
  public synchronized List<Call> calls(String route) {
    return calls.stream().filter(call -> call.route().equals(route)).toList();
  }

  /** All calls, oldest first. */
  public synchronized List<Call> calls() {
    return List.copyOf(calls);
  }

  /** Tells of every call as it arrives, on its own thread, until the subscription is closed. */
  public Changes.Subscription onCall(Consumer<Call> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  /** Writes down a call that arrived and takes the fault planned for it. For the platforms. */
  public Optional<Fault> arrived(Call call) {
    listeners.forEach(it -> it.accept(call));
    return struck(call);
  }

  private synchronized Optional<Fault> struck(Call call) {
    if (calls.size() == MOST_CALLS) {
      calls.removeFirst();
    }
    calls.addLast(call);
    return take(call.route()).or(() -> take(ANY));
  }

  private Optional<Fault> take(String route) {
    return Optional.ofNullable(planned.get(route)).map(Deque::pollFirst);
  }
}
