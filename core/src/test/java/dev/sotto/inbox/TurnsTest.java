package dev.sotto.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sotto.chat.Person;
import dev.sotto.chat.Platform;
import dev.sotto.chat.Workspace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TurnsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Person ADA = person("T1", "U1");
  private static final Person TOM = person("T1", "U2");
  private static final Person EVE = person("T2", "U1");
  private static final Person ZOE = person("T3", "U1");

  private final Turns turns = new Turns(new Limits(4, 3, 2, 1, 1, 1, 1));
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Thread> begun = new ArrayList<>();

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  @Test
  void holdsUpWhoIsAtALimitAndNobodyElse() throws Exception {
    var first = turns.begin(ADA);
    var _ = turns.begin(ADA);
    Future<Turns.Turn> third = later(ADA);
    var _ = turns.begin(TOM);
    Future<Turns.Turn> fourth = later(TOM);
    var other = turns.begin(EVE);
    Future<Turns.Turn> crowded = later(ZOE);

    assertThat(third.isDone() || fourth.isDone() || crowded.isDone()).isFalse();
    other.close();
    crowded.get();
    assertThat(third.isDone() || fourth.isDone()).isFalse();
    crowded.get().close();
    assertThat(third.isDone() || fourth.isDone()).isFalse();
    first.close();
    third.get().close();
    fourth.get();
  }

  @Test
  void givesBackThePlaceOfWhoIsInterrupted() throws Exception {
    var one = turns.begin(ADA);
    var two = turns.begin(ADA);
    Future<Turns.Turn> waiting = later(ADA);
    waiting.cancel(true);
    await().atMost(PATIENCE).until(() -> begun.stream().noneMatch(Thread::isAlive));

    one.close();
    two.close();
    try (var _ = turns.begin(ADA);
        var _ = turns.begin(ADA)) {
      assertThat(later(ADA).isDone()).isFalse();
    }
  }

  @Test
  void neverHasMoreInFlightThanMayBe() throws Exception {
    ConcurrentMap<Object, AtomicInteger> flying = new ConcurrentHashMap<>();
    ConcurrentMap<Object, Integer> most = new ConcurrentHashMap<>();
    List<Future<?>> all = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      Person person = List.of(ADA, TOM, EVE, ZOE).get(i % 4);
      all.add(
          threads.submit(() -> {
            try (var _ = turns.begin(person)) {
              for (Object whom : List.of("all", person.workspace(), person)) {
                int now = flying.computeIfAbsent(whom, _ -> new AtomicInteger()).incrementAndGet();
                most.merge(whom, now, Math::max);
              }
              Thread.onSpinWait();
              for (Object whom : List.of("all", person.workspace(), person)) {
                Objects.requireNonNull(flying.get(whom)).decrementAndGet();
              }
            }
          }));
    }
    for (Future<?> it : all) {
      it.get();
    }

    assertThat(most.get("all")).isBetween(1, 4);
    assertThat(most.get(ADA.workspace())).isBetween(1, 3);
    assertThat(List.of(ADA, TOM, EVE, ZOE)).allMatch(it -> most.getOrDefault(it, 3) <= 2);
  }

  /** Returns when it waits or has begun. */
  private Future<Turns.Turn> later(Person person) {
    AtomicReference<Thread> thread = new AtomicReference<>();
    Future<Turns.Turn> turn =
        threads.submit(() -> {
          thread.set(Thread.currentThread());
          return turns.begin(person);
        });
    await().atMost(PATIENCE).until(() -> turn.isDone() || waits(thread.get()));
    begun.add(thread.get());
    return turn;
  }

  private static boolean waits(@Nullable Thread thread) {
    return thread != null && thread.getState() == Thread.State.WAITING;
  }

  private static Person person(String workspace, String id) {
    return new Person(new Workspace(Platform.SLACK, workspace), id);
  }
}
