package dev.sotto.bots.load;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/** When each turn was said, the model asked, its answer done, and the last word shown. */
final class Turns {
  private static final double NANOS_A_MILLI = 1_000_000;

  private final Instant begin = Instant.now();
  private final long zero = System.nanoTime();
  private final AtomicLongArray said;
  private final AtomicLongArray asked;
  private final AtomicLongArray done;
  private final AtomicLongArray shown;
  private final Queue<Double> acknowledgements = new ConcurrentLinkedQueue<>();
  private final AtomicInteger everSaid = new AtomicInteger();
  private final AtomicInteger everAsked = new AtomicInteger();
  private final AtomicInteger everShown = new AtomicInteger();

  Turns(int most) {
    said = new AtomicLongArray(most);
    asked = new AtomicLongArray(most);
    done = new AtomicLongArray(most);
    shown = new AtomicLongArray(most);
  }

  void said(int turn) {
    mark(said, turn, everSaid);
  }

  void asked(int turn) {
    mark(asked, turn, everAsked);
  }

  void done(int turn) {
    mark(done, turn, new AtomicInteger());
  }

  void acknowledged(Duration after) {
    acknowledgements.add(after.toNanos() / NANOS_A_MILLI);
  }

  /** What was acknowledged so far does not count. */
  void forgetAcknowledgements() {
    acknowledgements.clear();
  }

  /** Milliseconds from an event on its way to its acknowledgement, in ascending order. */
  double[] acknowledgements() {
    return acknowledgements.stream().mapToDouble(it -> it).sorted().toArray();
  }

  void shown(int turn) {
    mark(shown, turn, everShown);
  }

  /** The first time counts. */
  private static void mark(AtomicLongArray times, int turn, AtomicInteger count) {
    if (times.compareAndSet(turn, 0, System.nanoTime())) {
      count.incrementAndGet();
    }
  }

  int most() {
    return said.length();
  }

  int said() {
    return everSaid.get();
  }

  int asked() {
    return everAsked.get();
  }

  int shown() {
    return everShown.get();
  }

  Instant saidAt(int turn) {
    return begin.plusNanos(said.get(turn) - zero);
  }

  Instant shownAt(int turn) {
    return begin.plusNanos(shown.get(turn) - zero);
  }

  boolean isShown(int turn) {
    return shown.get(turn) != 0;
  }

  boolean allAsked() {
    return everAsked.get() == asked.length();
  }

  /** How far a turn came. */
  String fate(int turn) {
    return turn
        + (asked.get(turn) == 0
            ? ": the model was not asked"
            : done.get(turn) == 0
                ? ": the model did not end"
                : isShown(turn) ? ": shown, and gone" : ": not shown");
  }

  /** Milliseconds that were the product's own, in ascending order. */
  double[] ownShare(IntPredicate which) {
    return sorted(which, turn -> before(turn) + after(turn));
  }

  /** Milliseconds from what was said to the last word shown, the model's included. */
  double[] whole(IntPredicate which) {
    return sorted(which, turn -> (shown.get(turn) - said.get(turn)) / NANOS_A_MILLI);
  }

  double[] before(IntPredicate which) {
    return sorted(which, this::before);
  }

  double[] after(IntPredicate which) {
    return sorted(which, this::after);
  }

  private double before(int turn) {
    return (asked.get(turn) - said.get(turn)) / NANOS_A_MILLI;
  }

  private double after(int turn) {
    return (shown.get(turn) - done.get(turn)) / NANOS_A_MILLI;
  }

  private double[] sorted(IntPredicate which, IntToDoubleFunction millis) {
    double[] values =
        IntStream.range(0, shown.length())
            .filter(which)
            .filter(this::isShown)
            .mapToDouble(millis)
            .toArray();
    Arrays.sort(values);
    return values;
  }

  /** The usual percentiles of ascending values, as the cells of a row. */
  static String percentiles(double[] ascending) {
    if (ascending.length == 0) {
      return "– | – | – | –";
    }
    return String.format(
        Locale.ROOT,
        "%.1f | %.1f | %.1f | %.1f",
        at(ascending, 0.50),
        at(ascending, 0.90),
        at(ascending, 0.99),
        ascending[ascending.length - 1]);
  }

  /** Percentiles of ascending values as multiples of those of others. */
  static String ratios(double[] ascending, double[] others) {
    if (ascending.length == 0 || others.length == 0) {
      return "– | – | – | –";
    }
    return String.format(
        Locale.ROOT,
        "%.2f | %.2f | %.2f | %.2f",
        at(ascending, 0.50) / at(others, 0.50),
        at(ascending, 0.90) / at(others, 0.90),
        at(ascending, 0.99) / at(others, 0.99),
        at(ascending, 1) / at(others, 1));
  }

  private static double at(double[] ascending, double part) {
    return ascending[(int) Math.min(ascending.length - 1L, Math.round(part * ascending.length))];
  }
}
