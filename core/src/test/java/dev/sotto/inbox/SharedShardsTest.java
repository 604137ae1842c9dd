package dev.sotto.inbox;

import static dev.sotto.chat.Platform.DISCORD;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.sotto.StoredContract;
import dev.sotto.TestDatabases;
import dev.sotto.chat.ShardLease;
import dev.sotto.chat.Shards;
import dev.sotto.crypto.TestTicker;
import dev.sotto.crypto.Vault;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Several programs on one PostgreSQL that serve one bot. */
class SharedShardsTest extends StoredContract {
  private static final String FORGETS_LEASES = "forgets-leases";
  private static final Duration STEP = Duration.ofSeconds(5);

  private final List<ApplicationContext> others = new ArrayList<>();

  @Override
  protected Map<String, Object> databases(Path data) {
    return TestDatabases.postgres();
  }

  @BeforeEach
  void start() {
    bean(Replica.class).start();
  }

  @AfterEach
  void closeOthers() {
    others.forEach(ApplicationContext::close);
  }

  @Test
  void goToOneAndToTheOtherWhenItDies() {
    Shards first = bean(Shards.class);
    Shards second = another();
    ShardLease lease = first.hold(DISCORD, 1).getFirst();
    assertThat(second.hold(DISCORD, 1)).isEmpty();
    assertThat(second.holds(lease)).isFalse();

    takenForDead(lease);

    ShardLease taken = second.hold(DISCORD, 1).getFirst();
    assertThat(taken.fence()).isNotEqualTo(lease.fence());
    bean(Replica.class).beat();
    assertThat(first.holds(lease)).isFalse();
    assertThat(first.hold(DISCORD, 1)).isEmpty();
    first.release(lease);
    assertThat(second.hold(DISCORD, 1)).containsExactly(taken);
  }

  @Test
  void areHeldByNobodyWhoseOwnClockSaysThatItWasAwayTooLong() {
    Shards shards = bean(Shards.class);
    ShardLease lease = shards.hold(DISCORD, 1).getFirst();

    bean(TestTicker.class).advance(Replica.LEASE);

    assertThat(shards.holds(lease)).isFalse();
    assertThat(shards.hold(DISCORD, 1)).hasSize(1).doesNotContain(lease);
  }

  @Test
  void twinThatForgetsLeasesGoesOnWithWhatAnotherHolds() {
    become(FORGETS_LEASES);
    bean(Replica.class).start();
    Shards zombie = bean(Shards.class);
    ShardLease lease = zombie.hold(DISCORD, 1).getFirst();

    takenForDead(lease);

    assertThat(another().hold(DISCORD, 1)).hasSize(1);
    bean(Replica.class).beat();
    assertThat(zombie.holds(lease)).isTrue();
  }

  @Test
  void areAllHeldOnceWhenSeveralTakeThemAtOnce() throws Exception {
    List<Shards> programs = List.of(bean(Shards.class), another(), another());
    List<Callable<List<ShardLease>>> looks =
        programs.stream()
            .<Callable<List<ShardLease>>>map(it -> () -> it.hold(DISCORD, 10))
            .toList();

    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<List<ShardLease>> look : threads.invokeAll(looks)) {
        look.get();
      }
    }

    List<List<ShardLease>> held = programs.stream().map(it -> it.hold(DISCORD, 10)).toList();
    assertThat(held.stream().flatMap(List::stream).map(ShardLease::shard))
        .containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
  }

  @Test
  void areGivenBackOneByOneToANewProgram() {
    Shards first = bean(Shards.class);
    first.hold(DISCORD, 4);
    Shards second = another();
    assertThat(second.hold(DISCORD, 4)).isEmpty();
    assertThat(first.tooMany(DISCORD, 4)).isFalse();

    for (int given = 1; given <= 2; given++) {
      pass(SharedShards.PATIENCE);
      assertThat(first.tooMany(DISCORD, 4)).isTrue();
      first.release(first.hold(DISCORD, 4).getLast());
      assertThat(first.tooMany(DISCORD, 4)).isFalse();
      assertThat(first.hold(DISCORD, 4)).hasSize(4 - given);
      assertThat(second.hold(DISCORD, 4)).hasSize(given);
    }
    pass(SharedShards.PATIENCE);
    assertThat(first.tooMany(DISCORD, 4)).isFalse();
  }

  @Test
  void stayWithOneWhenThereIsButOne() {
    Shards first = bean(Shards.class);
    first.hold(DISCORD, 1);
    another().hold(DISCORD, 1);

    assertThat(first.tooMany(DISCORD, 1)).isFalse();
    pass(SharedShards.PATIENCE);

    assertThat(first.tooMany(DISCORD, 1)).isFalse();
  }

  @Test
  void areNotSharedWithAProgramThatDoesNotServeTheBot() {
    ApplicationContext without = context();
    without.getBean(Replica.class).start();

    assertThat(bean(Shards.class).hold(DISCORD, 4)).hasSize(4);
  }

  @Test
  void beginOneAfterTheOtherWhicheverProgramTheyAreIn() {
    Shards first = bean(Shards.class);
    Shards second = another();

    assertThat(first.mayBegin(DISCORD, 0)).isTrue();
    assertThat(second.mayBegin(DISCORD, 0)).isFalse();
    second.begun(DISCORD, 0);
    assertThat(second.mayBegin(DISCORD, 0)).isFalse();
    assertThat(second.mayBegin(DISCORD, 1)).isTrue();

    update("default", "update replica set until = current_timestamp where id = ?", replica(first));
    assertThat(second.mayBegin(DISCORD, 0)).isTrue();
  }

  private static Object replica(Shards shards) {
    return shards.hold(DISCORD, 1).getFirst().replica();
  }

  private Shards another() {
    ApplicationContext context = context();
    context.getBean(Replica.class).start();
    return context.getBean(Shards.class);
  }

  private ApplicationContext context() {
    Map<String, Object> properties = new HashMap<>(properties());
    properties.remove("twin");
    ApplicationContext context = ApplicationContext.run(properties);
    others.add(context);
    return context;
  }

  /** As after a pause that was longer than a lease, of which the paused one knows nothing yet. */
  private void takenForDead(ShardLease lease) {
    update(
        "default",
        "update replica set until = current_timestamp - interval '1' second where id = ?",
        lease.replica());
  }

  /** Lets time go by for a program that says all the while that it runs. */
  private void pass(Duration time) {
    Stream.iterate(STEP, it -> it.compareTo(time) <= 0, STEP::plus)
        .forEach(_ -> {
          bean(TestTicker.class).advance(STEP);
          bean(Replica.class).beat();
        });
  }

  @Singleton
  @Replaces(SharedShards.class)
  @Requires(property = "twin", value = FORGETS_LEASES)
  static class ForgetsLeases extends SharedShards {
    ForgetsLeases(
        ShardRows rows, ShardStartRows starts, Replica replica, Vault vault, Ticker ticker) {
      super(rows, starts, replica, vault, ticker);
    }

    @Override
    public boolean holds(ShardLease lease) {
      return true;
    }
  }
}
