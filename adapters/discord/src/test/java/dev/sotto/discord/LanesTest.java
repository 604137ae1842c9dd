package dev.sotto.discord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LanesTest {
  private final Lanes lanes = new Lanes();
  private final List<Integer> done = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() {
    lanes.close();
  }

  private void add(String lane, int number) {
    lanes.add(lane, () -> done.add(number), () -> {});
  }

  @Test
  void keepsTheOrderOfALane() {
    lanes.release();

    IntStream.range(0, 500).forEach(i -> add("a", i));

    await().until(() -> done.size() == 500);
    assertThat(done).isSorted();
  }

  @Test
  void doesNothingWhileHeldAndThenWhatWasMissedFirst() {
    add("a", 2);
    add("a", 3);
    lanes.addFirst("a", () -> done.add(1));
    assertThat(done).isEmpty();

    lanes.release();

    await().until(() -> done.size() == 3);
    assertThat(done).containsExactly(1, 2, 3);
  }

  @Test
  void doesNotLetOneLaneWaitForAnother() throws InterruptedException {
    CountDownLatch slow = new CountDownLatch(1);
    lanes.release();
    lanes.add(
        "slow",
        () -> {
          await().until(() -> slow.getCount() == 0);
          done.add(2);
        },
        () -> {});

    add("quick", 1);

    await().until(() -> done.contains(1));
    slow.countDown();
    await().until(() -> done.contains(2));
    assertThat(done).containsExactly(1, 2);
  }

  @Test
  void saysWhenAFullLaneHasDroppedSomething() {
    IntStream.range(0, Lanes.LANE + 5)
        .forEach(i -> lanes.add("a", () -> done.add(i), () -> done.add(-i)));

    lanes.release();

    await().until(() -> done.contains(-Lanes.LANE));
    assertThat(done).hasSize(Lanes.LANE + 1).last().isEqualTo(-Lanes.LANE);
  }

  @Test
  void goesOnAfterAJobThatFailed() {
    lanes.release();
    lanes.add(
        "a",
        () -> {
          throw new IllegalStateException("on purpose");
        },
        () -> {});

    add("a", 1);

    await().until(() -> done.contains(1));
  }

  @Test
  void takesNothingAfterItsEnd() {
    lanes.close();

    add("a", 1);

    assertThat(lanes.pause(60_000)).isFalse();
    assertThat(done).isEmpty();
  }
}
