package dev.sotto.inbox;

import static dev.sotto.chat.Platform.DISCORD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sotto.StoredContract;
import dev.sotto.chat.ShardLease;
import dev.sotto.chat.Shards;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a program may count on that has its bot to itself. */
class ShardsTest extends StoredContract {
  private static final int BUCKET = 0;

  private Shards shards;

  @BeforeEach
  void start() {
    bean(Replica.class).start();
    shards = bean(Shards.class);
  }

  @Test
  void areAllHeldByOneThatIsAloneAndStayItsOwn() {
    List<ShardLease> held = shards.hold(DISCORD, 3);

    assertThat(held).extracting(ShardLease::shard).containsExactly(0, 1, 2);
    assertThat(held).allMatch(shards::holds);
    assertThat(shards.hold(DISCORD, 3)).containsExactlyElementsOf(held);
    assertThat(shards.tooMany(DISCORD, 3)).isFalse();
  }

  @Test
  void areAsManyAsTheLargestNumberThatWasTold() {
    assertThat(shards.total(DISCORD, 1)).isEqualTo(1);

    shards.hold(DISCORD, 2);

    assertThat(shards.total(DISCORD, 1)).isEqualTo(2);
    assertThat(shards.total(DISCORD, 3)).isEqualTo(3);
    assertThat(shards.hold(DISCORD, 3)).hasSize(3);
  }

  @Test
  void areTakenAnewWhenTheyWereGivenBack() {
    ShardLease before = shards.hold(DISCORD, 1).getFirst();

    shards.release(before);

    ShardLease after = shards.hold(DISCORD, 1).getFirst();
    assertThat(after.fence()).isNotEqualTo(before.fence());
    shards.release(before);
    assertThat(shards.hold(DISCORD, 1)).containsExactly(after);
  }

  @Test
  void beginOneAfterTheOtherInABucketAndSideBySideInTwo() {
    assertThat(shards.mayBegin(DISCORD, BUCKET)).isTrue();
    assertThat(shards.mayBegin(DISCORD, BUCKET)).isFalse();
    assertThat(shards.mayBegin(DISCORD, 1)).isTrue();

    shards.begun(DISCORD, BUCKET);

    assertThat(shards.mayBegin(DISCORD, BUCKET)).isFalse();
    later(SharedShards.APART.toSeconds() - 1);
    assertThat(shards.mayBegin(DISCORD, BUCKET)).isFalse();
    later(1);
    assertThat(shards.mayBegin(DISCORD, BUCKET)).isTrue();
  }

  /** As if so much time had passed since somebody's turn. */
  private void later(long seconds) {
    update("default", "update shard_start set until = until - interval '" + seconds + "' second");
  }

  @Test
  void areNotTakenByOneThatStops() {
    List<ShardLease> held = shards.hold(DISCORD, 2);

    bean(Replica.class).close();

    assertThat(held).noneMatch(shards::holds);
    assertThat(shards.hold(DISCORD, 2)).isEmpty();
  }

  @Test
  void areFreeForTheNextWhenAProgramHasStopped() {
    List<ShardLease> before = shards.hold(DISCORD, 2);

    restart();

    assertThat(bean(Shards.class).hold(DISCORD, 2)).hasSize(2).doesNotContainAnyElementsOf(before);
  }
}
