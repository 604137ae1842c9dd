package dev.sotto.discord;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sotto.chat.Address;
import dev.sotto.chat.Address.Kind;
import dev.sotto.chat.Inbox.Seen;
import dev.sotto.chat.Platform;
import dev.sotto.chat.Workspace;
import dev.sotto.discord.CatchUp.Missed;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import net.dv8tion.jda.api.utils.TimeUtil;
import org.junit.jupiter.api.Test;

class CatchUpTest {
  private static final Workspace GUILD = new Workspace(Platform.DISCORD, "1");
  private static final long NOW = 312328767104L << 22;
  private static final long MINUTE = Duration.ofMinutes(1).toMillis() << 22;
  private static final long DAY = 1440 * MINUTE;

  private static Seen seen(Kind kind, String channel, Optional<String> thread, long message) {
    return new Seen(
        new Address(GUILD, kind, channel, thread), TimeUtil.getTimeCreated(message).toInstant());
  }

  private static Seen inThread(String channel, long thread, long message) {
    return seen(Kind.CHANNEL, channel, Optional.of(Long.toString(thread)), message);
  }

  @Test
  void asksForThreadsAndForTheChannelsAboveThem() {
    List<Missed> plan = CatchUp.plan(List.of(inThread("5", NOW - MINUTE, NOW)));

    assertThat(plan)
        .containsExactlyInAnyOrder(
            new Missed(Optional.of("1"), Long.toString(NOW - MINUTE), NOW, true),
            new Missed(Optional.of("1"), "5", NOW - MINUTE, true));
  }

  @Test
  void asksOnceForAChannelFromItsNewestThread() {
    List<Missed> plan =
        CatchUp.plan(
            List.of(
                inThread("5", NOW - MINUTE, NOW), inThread("5", NOW - 5 * MINUTE, NOW - MINUTE)));

    assertThat(plan)
        .filteredOn(missed -> missed.channel().equals("5"))
        .containsExactly(new Missed(Optional.of("1"), "5", NOW - MINUTE, true));
  }

  @Test
  void doesNotGoThroughOldTrafficOfAChannelAgain() {
    List<Missed> plan =
        CatchUp.plan(
            List.of(
                seen(Kind.CHANNEL, "5", Optional.empty(), NOW - DAY),
                seen(Kind.DIRECT, "7", Optional.empty(), NOW - DAY),
                seen(Kind.CHANNEL, "6", Optional.empty(), NOW)));

    assertThat(plan)
        .containsExactlyInAnyOrder(
            new Missed(Optional.of("1"), "5", NOW - 15 * MINUTE, true),
            new Missed(Optional.empty(), "7", NOW - DAY, false),
            new Missed(Optional.of("1"), "6", NOW, true));
  }
}
