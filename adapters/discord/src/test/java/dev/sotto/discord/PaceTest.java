package dev.sotto.discord;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PaceTest {
  private final Pace pace = new Pace();

  private List<Pace.Slot> enter(int replies, String channel) {
    List<Pace.Slot> slots = new ArrayList<>();
    for (int i = 0; i < replies; i++) {
      slots.add(pace.enter(replies == 1 ? channel : channel + i));
    }
    return slots;
  }

  @Test
  void leavesRoomForTheLastWordOfAChannel() {
    Pace.Slot alone = pace.enter("a");
    long edits = Duration.ofSeconds(5).dividedBy(alone.untilNext());
    assertThat(edits).isEqualTo(4);

    Pace.Slot second = pace.enter("a");
    assertThat(alone.untilNext()).isEqualTo(Duration.ofMillis(2_500));

    second.close();
    assertThat(alone.untilNext()).isEqualTo(Duration.ofMillis(1_250));
  }

  @Test
  void staysBelowTheRateOfOneBotHoweverManyRepliesGrow() {
    List<Pace.Slot> slots = enter(5_000, "thread");

    double callsPerSecond = 5_000 / (slots.getFirst().untilNext().toMillis() / 1_000.0);

    assertThat(callsPerSecond).isLessThanOrEqualTo(40);
    assertThat(slots.getFirst().untilFirst()).isGreaterThan(Duration.ofMinutes(1));
    assertThat(slots.getFirst().crowded()).isTrue();
  }

  @Test
  void showsALoneReplySoon() {
    Pace.Slot alone = enter(1, "a").getFirst();

    assertThat(alone.untilFirst()).isLessThan(Duration.ofSeconds(1));
    assertThat(alone.crowded()).isFalse();
  }
}
