package dev.sotto.crypto;

import static io.micronaut.transaction.TransactionDefinition.Propagation.REQUIRES_NEW;

import dev.sotto.crypto.root.RootKeys;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Property;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.context.annotation.Requires;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/** Where a process dies while it replaces the root key, if it is armed: never in the product. */
@Factory
@Requires(property = Kills.AT)
final class Kills {
  /** Names the point. */
  static final String AT = "test.kill-at";

  static final int STATUS = 99;

  /** The steps, in their order. */
  enum Point {
    PREPARED,
    BEGINNING,
    BEGUN,
    HALF,
    REWRAPPED,
    TOLD,
    FINISHING,
    FINISHED,
    TIDIED
  }

  /** Ends the process at one of the points, without a word to anyone. */
  @Singleton
  @Requires(property = Kills.AT)
  static final class Switch {
    private final AtomicBoolean armed = new AtomicBoolean();
    private final Point at;

    Switch(@Property(name = Kills.AT) Point at) {
      this.at = at;
    }

    void arm() {
      armed.set(true);
    }

    boolean at(Point point) {
      return armed.get() && point == at;
    }

    void pass(Point point) {
      if (at(point)) {
        Runtime.getRuntime().halt(STATUS);
      }
    }
  }

  @Singleton
  @Replaces(RootFinder.class)
  @Requires(property = Kills.AT)
  static final class Finder extends RootFinder {
    private final Switch kill;
    private final RootKeys places;
    private final boolean careless;

    Finder(
        RootKeys places,
        RootRows rows,
        Binding binding,
        Switch kill,
        @Property(name = "careless", defaultValue = "false") boolean careless) {
      super(places, rows, binding);
      this.kill = kill;
      this.places = places;
      this.careless = careless;
    }

    @Override
    Roots.Named next(Roots.Named now, Optional<String> to) {
      Roots.Named next = super.next(now, to);
      if (careless) {
        places.open(now.key().location()).drop(Set.of(now.id()));
      }
      kill.pass(Point.PREPARED);
      return next;
    }

    @Override
    void tidy(Roots roots) {
      kill.pass(Point.FINISHED);
      super.tidy(roots);
      kill.pass(Point.TIDIED);
    }
  }

  @Singleton
  @Replaces(RewrapRows.class)
  @Requires(property = Kills.AT)
  @Transactional(value = "keys", propagation = REQUIRES_NEW)
  static class Rewraps extends RewrapRows {
    private final Switch kill;

    Rewraps(@Named("keys") JdbcOperations jdbc, Switch kill) {
      super(jdbc);
      this.kill = kill;
    }

    @Override
    int replace(String root, List<Rewrap> changes) {
      kill.pass(Point.BEGUN);
      boolean half = kill.at(Point.HALF);
      return super.replace(root, half ? changes.subList(0, changes.size() / 2) : changes);
    }
  }

  @Singleton
  KeyLedger ledger(Switch kill) {
    return _ -> kill.pass(Point.TOLD);
  }

  /** Asked for the time within the transactions. */
  @Singleton
  @Requires(property = Kills.AT)
  Clock clock(Switch kill) {
    return new Clock() {
      @Override
      public Instant instant() {
        if (kill.at(Point.BEGINNING) && within("change")) {
          kill.pass(Point.BEGINNING);
        }
        if (kill.at(Point.FINISHING) && within("finish")) {
          kill.pass(Point.FINISHING);
        }
        return InstantSource.system().instant();
      }

      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return this;
      }
    };
  }

  private static boolean within(String method) {
    return StackWalker.getInstance()
        .walk(frames ->
            frames.anyMatch(it ->
                it.getClassName().endsWith("RootSteps") && it.getMethodName().equals(method)));
  }
}
