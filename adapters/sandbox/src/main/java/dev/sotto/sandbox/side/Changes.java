package dev.sotto.sandbox.side;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Tells listeners that something has changed, not what. Thread-safe. */
public final class Changes {
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

  /** Listens until the subscription is closed. */
  public Subscription listen(Runnable listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  /** Runs every listener, on this thread. */
  public void tell() {
    listeners.forEach(Runnable::run);
  }

  /** Ends when closed. */
  @FunctionalInterface
  public interface Subscription extends AutoCloseable {
    @Override
    void close();
  }
}
