package dev.sotto.sandbox.discord;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Remembers which message a bot's enforced nonce made: 5 minutes, at most 20,000 of them. */
final class Nonces {
  private static final int MOST = 20_000;
  private static final Duration REMEMBERED = Duration.ofMinutes(5);

  private final Map<String, Message> made = new LinkedHashMap<>();

  Optional<Message> made(String nonce, Instant now) {
    return Optional.ofNullable(made.get(nonce))
        .filter(message -> Snowflakes.time(message.id()).isAfter(now.minus(REMEMBERED)));
  }

  void remember(String nonce, Message message) {
    made.remove(nonce);
    made.put(nonce, message);
    if (made.size() > MOST) {
      made.remove(made.keySet().iterator().next());
    }
  }
}
