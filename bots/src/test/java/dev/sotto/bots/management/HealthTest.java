package dev.sotto.bots.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class HealthTest {
  private final AtomicInteger asked = new AtomicInteger();

  @Test
  void namesWhatIsDownAndNothingElse() {
    Probe well = new Probe("well", Duration.ZERO, () -> {});
    Probe down = new Probe("down", Duration.ZERO, HealthTest::fail);

    assertThat(new Health(List.of(well)).answer())
        .isEqualTo(new Answer(200, Answer.JSON, "{\"status\":\"UP\"}"));
    assertThat(new Health(List.of(down, well, down)).answer())
        .isEqualTo(
            new Answer(503, Answer.JSON, "{\"status\":\"DOWN\",\"down\":[\"down\",\"down\"]}"));
  }

  @Test
  void aPartThatDoesNotAnswerIsDownAndNotAskedAgainMeanwhile() {
    CountDownLatch answers = new CountDownLatch(1);
    Probe slow =
        new Probe(
            "slow",
            Duration.ofHours(1),
            () -> {
              asked.incrementAndGet();
              hold(answers);
            });

    assertThat(slow.isWell()).isFalse();
    assertThat(slow.isWell()).isFalse();
    assertThat(asked).hasValue(1);

    answers.countDown();
    await().until(slow::isWell);
    assertThat(asked).hasValue(1);
  }

  @Test
  void believesAGoodAnswerForAWhileAndABadOneNever() {
    Probe kept = new Probe("kept", Duration.ofHours(1), asked::incrementAndGet);
    assertThat(kept.isWell()).isTrue();
    assertThat(kept.isWell()).isTrue();
    assertThat(asked).hasValue(1);

    Probe bad =
        new Probe(
            "bad",
            Duration.ofHours(1),
            () -> {
              asked.incrementAndGet();
              fail();
            });
    assertThat(bad.isWell()).isFalse();
    assertThat(bad.isWell()).isFalse();
    assertThat(asked).hasValue(3);
  }

  private static void fail() {
    throw new IllegalStateException("down");
  }

  private static void hold(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
