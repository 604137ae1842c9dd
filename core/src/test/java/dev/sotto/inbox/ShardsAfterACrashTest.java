package dev.sotto.inbox;

import static dev.sotto.chat.Platform.DISCORD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sotto.StoredContract;
import dev.sotto.chat.Shards;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** An embedded database: whoever held something there before is dead. */
class ShardsAfterACrashTest extends StoredContract {
  @Test
  void areTakenAtOnceAndBeginAtOnce() {
    UUID crashed = UUID.randomUUID();
    update(
        "default",
        "insert into replica (id, until) values (?, current_timestamp + interval '1' hour)",
        crashed);
    update("default", "insert into shard_seeker values ('DISCORD', ?)", crashed);
    update(
        "default",
        "insert into shard_lease values ('DISCORD', 2, 1, ?, ?)",
        crashed,
        UUID.randomUUID());
    update(
        "default",
        "insert into shard_start values ('DISCORD', 0, ?, current_timestamp + interval '1' hour)",
        crashed);
    restart();
    Shards shards = bean(Shards.class);

    assertThat(shards.hold(DISCORD, 2)).hasSize(2);
    assertThat(shards.mayBegin(DISCORD, 0)).isTrue();
  }
}
