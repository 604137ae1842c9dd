package dev.sotto.slack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sotto.chat.Address;
import dev.sotto.chat.Address.Kind;
import dev.sotto.chat.Inbox.Seen;
import dev.sotto.chat.Platform;
import dev.sotto.chat.Workspace;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SlackMissedTest {
  private static final Workspace HOME = new Workspace(Platform.SLACK, "T1");
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00.000100Z");
  private static final Instant SURE = NOW.minus(Duration.ofMinutes(15));

  @Test
  void asksForChannelsAndThenForTheThreadsInThem() {
    Seen newest = thread(Kind.CHANNEL, "C1", ago(30), ago(0));
    Seen other = thread(Kind.CHANNEL, "C1", ago(50), ago(40));

    assertThat(SlackMissed.plan(List.of(newest, other)))
        .containsExactly(
            new SlackMissed(place(Kind.CHANNEL, "C1", Optional.empty()), SURE),
            new SlackMissed(newest.address(), SURE),
            new SlackMissed(other.address(), ago(40)));
  }

  @Test
  void asksForDirectMessagesFromTheNewestOnwardsHoweverOldItIs() {
    Seen old = thread(Kind.DIRECT, "D1", ago(90), ago(60));
    Seen older = thread(Kind.DIRECT, "D1", ago(95), ago(92));
    Seen command = new Seen(place(Kind.DIRECT, "D2", Optional.empty()), ago(0));

    assertThat(SlackMissed.plan(List.of(command, old, older)))
        .contains(
            new SlackMissed(place(Kind.DIRECT, "D1", Optional.empty()), ago(90)),
            new SlackMissed(place(Kind.DIRECT, "D2", Optional.empty()), SURE));
  }

  @Test
  void readsMoreOfAThreadForWhatWasRewrittenThere() {
    SlackMissed channel = new SlackMissed(place(Kind.CHANNEL, "C1", Optional.empty()), NOW);

    assertThat(channel.asked()).isEqualTo(NOW);
    assertThat(channel.inThread("1.000100").asked()).isEqualTo(NOW.minus(Duration.ofDays(1)));
  }

  @Test
  void asksNobodyWhenNothingIsKnown() {
    assertThat(SlackMissed.plan(List.of())).isEmpty();
  }

  private static Instant ago(int minutes) {
    return NOW.minus(Duration.ofMinutes(minutes));
  }

  private static Seen thread(Kind kind, String channel, Instant root, Instant last) {
    return new Seen(place(kind, channel, Optional.of(SlackTime.write(root))), last);
  }

  private static Address place(Kind kind, String channel, Optional<String> thread) {
    return new Address(HOME, kind, channel, thread);
  }
}
