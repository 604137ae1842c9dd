package dev.sotto.crypto;

import dev.sotto.database.Flush;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Steps of an erasure at which a process of a test dies, as by SIGKILL: nothing is run any more.
 */
public final class ErasureCrashPoints {
  /** Names the point, as {@code name:count}. */
  public static final String PROPERTY = "crash.at";

  /** What the process ends with. */
  public static final int STATUS = 99;

  private ErasureCrashPoints() {}

  /** All of them; those of steps that are taken more than once, the first and a later time. */
  public static List<String> all() {
    return List.of(
        "told:1",
        "destroyed:1",
        "destroyed:2",
        "remaining:1",
        "counted:1",
        "before remove:1",
        "after remove:2",
        "after remove:5",
        "batch:1",
        "batch:2",
        "before release:1",
        "after release:1",
        "before finish:1",
        "after finish:1");
  }

  /** Dies if this is the step to die at. */
  public static void reached(ApplicationContext context, String step) {
    context.getBean(Point.class).reached(step);
  }

  /** Dies when it is told. */
  @Singleton
  @Requires(property = PROPERTY)
  static final class Ledger implements KeyLedger {
    private final Point point;

    Ledger(Point point) {
      this.point = point;
    }

    @Override
    public void record(KeyDeed deed) {
      point.reached("told");
    }
  }

  @Singleton
  @Requires(property = PROPERTY)
  static final class Point {
    private final String name;
    private final AtomicInteger left;

    Point(@Value("${" + PROPERTY + "}") String at) {
      this.name = at.split(":", -1)[0];
      this.left = new AtomicInteger(Integer.parseInt(at.split(":", -1)[1]));
    }

    void reached(String step) {
      if (step.equals(name) && left.decrementAndGet() == 0) {
        Runtime.getRuntime().halt(STATUS);
      }
    }
  }

  @Singleton
  @Replaces(EpochWatch.class)
  @Requires(property = PROPERTY)
  static final class Watch extends EpochWatch {
    private final Point point;

    Watch(
        EpochRows rows,
        Keyring keyring,
        Scopes scopes,
        @Value("${datasources.keys.url:}") String url,
        Point point) {
      super(rows, keyring, scopes, url);
      this.point = point;
    }

    /** The keys were destroyed, and nobody knows yet. */
    @Override
    void forgetAll() {
      point.reached("destroyed");
      super.forgetAll();
    }
  }

  @Singleton
  @Replaces(Shredder.class)
  @Requires(property = PROPERTY)
  static final class Steps extends Shredder {
    private final Point point;

    Steps(
        Installation installation,
        Scopes scopes,
        Vault vault,
        Keyring keyring,
        ScopeRows rows,
        ErasureRows erasures,
        ShredRows shredding,
        RemainRows remains,
        EpochWatch watch,
        CompactionRows atTheEnd,
        List<KeyLedger> ledgers,
        Flush flush,
        Clock clock,
        Point point) {
      super(
          installation,
          scopes,
          vault,
          keyring,
          rows,
          erasures,
          shredding,
          remains,
          watch,
          atTheEnd,
          ledgers,
          flush,
          clock);
      this.point = point;
    }

    @Override
    public List<Scope> remaining(Erased erased, Optional<Scope> after) {
      point.reached("remaining");
      return super.remaining(erased, after);
    }

    @Override
    public void counted(Erased erased, long count) {
      super.counted(erased, count);
      point.reached("counted");
    }

    @Override
    public void dependent(Scope person, UUID conversation) {
      super.dependent(person, conversation);
      point.reached("dependent");
    }

    @Override
    public int remove(Field field, Scope scope, int most) {
      point.reached("before remove");
      int rows = super.remove(field, scope, most);
      point.reached("after remove");
      return rows;
    }

    @Override
    public boolean release(Scope scope) {
      point.reached("before release");
      boolean released = super.release(scope);
      point.reached("after release");
      return released;
    }

    @Override
    public Receipt finish(Erased erased) {
      point.reached("before finish");
      Receipt receipt = super.finish(erased);
      point.reached("after finish");
      return receipt;
    }
  }
}
