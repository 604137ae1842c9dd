package dev.sotto.inbox;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One virtual thread for each lane that this program holds. Looks every {@link #LOOK} for lanes
 * whose holder has died, and for those that a lost answer of the database may have left to this
 * program without its knowing, and goes on with them.
 */
final class Lanes {
  private static final Logger LOG = LoggerFactory.getLogger(Lanes.class);

  /** How long after a holder's death its lanes may lie. */
  static final Duration LOOK = Duration.ofMillis(500);

  private static final int AT_ONCE = 1_000;
  private static final int GATES = 256;

  private final ExecutorService workers =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("lane-", 0).factory());
  private final ScheduledExecutorService watch =
      Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("lanes-", 0).factory());
  private final Leases leases;
  private final Worker worker;
  private final ConcurrentMap<UUID, UUID> fences = new ConcurrentHashMap<>();
  private final Set<UUID> doubtful = ConcurrentHashMap.newKeySet();
  private final List<Lock> gates =
      Stream.generate(ReentrantLock::new).limit(GATES).<Lock>map(it -> it).toList();
  private final AtomicLong lastLook = new AtomicLong(System.nanoTime());

  Lanes(Leases leases, Worker worker) {
    this.leases = leases;
    this.worker = worker;
  }

  /**
   * Lets something arrive in a lane, and works it if it is ours by that. What fails may have
   * happened all the same: that is looked into soon.
   */
  Optional<Events.Arrival> arrive(UUID lane, Supplier<Optional<Events.Arrival>> arrival) {
    return alone(
        lane,
        () -> {
          Optional<Events.Arrival> arrived = certain(lane, arrival);
          arrived.ifPresent(it -> it.lease().ifPresent(lease -> work(lease, it.alone())));
          return arrived;
        });
  }

  /**
   * Works a lane to its end.
   *
   * @param alone what waits in it, when that is known already
   */
  void work(Lease lease, Optional<Pending> alone) {
    fences.put(lease.lane(), lease.fence());
    try {
      workers.execute(() -> {
        try {
          worker.work(lease, alone, this);
        } finally {
          fences.remove(lease.lane(), lease.fence());
        }
      });
    } catch (RejectedExecutionException stopping) {
      LOG.info("a lane waits for another program: this one stops");
    }
  }

  /** Tells somebody something, if that is possible. */
  void beside(Runnable telling) {
    try {
      workers.execute(() -> {
        try {
          telling.run();
        } catch (RuntimeException e) {
          LOG.warn("somebody could not be told: {}", e.getClass().getName());
        }
      });
    } catch (RejectedExecutionException stopping) {
      LOG.info("somebody is not told any more: this program stops");
    }
  }

  /** Whether what waits is left to another program. */
  boolean isClosing() {
    return workers.isShutdown();
  }

  /** Takes up what nobody works, now and from now on; the answer is how many lanes that is now. */
  int start() {
    int lanes = takeUp();
    var _ =
        watch.scheduleWithFixedDelay(
            this::look, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
    return lanes;
  }

  private int takeUp() {
    int taken = 0;
    List<UUID> orphaned;
    do {
      orphaned = leases.orphaned(AT_ONCE);
      for (UUID lane : orphaned) {
        UUID holder = leases.holder();
        Optional<Lease> lease = certain(lane, () -> leases.takeOver(lane, holder));
        lease.ifPresent(it -> work(it, Optional.empty()));
        taken += lease.isPresent() ? 1 : 0;
      }
    } while (orphaned.size() == AT_ONCE && !watch.isShutdown());
    return taken;
  }

  /** The loop of a thread: what fails once is tried again soon. */
  private void look() {
    try {
      doubtful.forEach(this::settle);
      int lanes = takeUp();
      if (lanes > 0) {
        LOG.info("{} lanes of a program that ended are taken up", lanes);
      }
    } catch (RuntimeException e) {
      LOG.warn("cannot look for what others left: {}", e.getClass().getName());
    }
    lastLook.set(System.nanoTime());
  }

  /** How long ago the last look came to its end, however it ended. */
  Duration sinceLastLook() {
    return Duration.ofNanos(System.nanoTime() - lastLook.get());
  }

  private void settle(UUID lane) {
    UUID holder = leases.holder();
    Optional<Lease> ours =
        alone(
            lane,
            () -> {
              Optional<Lease> lease =
                  leases.reclaim(lane, holder, Optional.ofNullable(fences.get(lane)));
              lease.ifPresent(it -> work(it, Optional.empty()));
              return lease;
            });
    doubtful.remove(lane);
    ours.ifPresent(_ -> LOG.info("a lane whose claim was in doubt is worked"));
  }

  private <T> T certain(UUID lane, Supplier<T> claim) {
    try {
      return claim.get();
    } catch (RuntimeException e) {
      doubtful.add(lane);
      throw e;
    }
  }

  /** Nothing else of this program begins with the lane meanwhile. */
  private <T> T alone(UUID lane, Supplier<T> work) {
    Lock gate = gates.get(Math.floorMod(lane.hashCode(), GATES));
    gate.lock();
    try {
      return work.get();
    } finally {
      gate.unlock();
    }
  }

  /** Begins nothing new, and interrupts what has not ended after the given time. */
  void close(Duration grace) {
    watch.shutdown();
    workers.shutdown();
    try {
      if (!workers.awaitTermination(grace.toMillis(), TimeUnit.MILLISECONDS)) {
        workers.shutdownNow();
      }
    } catch (InterruptedException e) {
      workers.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
