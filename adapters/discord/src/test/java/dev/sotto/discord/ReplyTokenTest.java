package dev.sotto.discord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ReplyTokenTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void outlivesARestart() {
    ReplyToken token = ReplyToken.made("42", "aW50ZXJhY3Rpb246", NOW);

    assertThat(ReplyToken.decoded(token.encoded())).isEqualTo(token);
  }

  @Test
  void endsBeforeDiscordForgetsIt() {
    assertThat(ReplyToken.made("42", "t", NOW).expires())
        .isBefore(NOW.plus(Duration.ofMinutes(15)));
  }

  @Test
  void isNeverPrintedOrGuessed() {
    assertThat(ReplyToken.made("42", "s3cret", NOW).toString()).doesNotContain("s3cret");
    assertThatThrownBy(() -> ReplyToken.decoded("nonsense"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
