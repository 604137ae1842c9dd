package dev.sotto.command;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sotto.chat.Person;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What was asked back and waits for a yes: of one person, once, and for a short while. It is kept
 * in memory only, so a restart is a no.
 */
@Singleton
final class Confirmations {
  static final Duration LIFE = Duration.ofMinutes(5);
  private static final int MOST = 1_000;
  private static final int BYTES = 16;

  private final Clock clock;
  private final SecureRandom random = new SecureRandom();
  private final Cache<String, Asked> open = Caffeine.newBuilder().maximumSize(MOST).build();

  Confirmations(Clock clock) {
    this.clock = clock;
  }

  private record Asked(Person person, KeyWords words, Instant until) {}

  /** What a yes came to. */
  sealed interface Answer {
    record Yes(KeyWords words) implements Answer {}

    /** Somebody else was asked; they still are. */
    record NotAsked() implements Answer {}

    /** It was used, or is too old, or never was. */
    record Gone() implements Answer {}
  }

  /** What the person's yes has to carry. */
  String ask(Person person, KeyWords words) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    String once = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    open.put(once, new Asked(person, words, clock.instant().plus(LIFE)));
    return once;
  }

  Answer take(Person person, String once) {
    AtomicReference<Answer> answer = new AtomicReference<>(new Answer.Gone());
    open.asMap()
        .computeIfPresent(
            once,
            (_, asked) -> {
              if (!asked.person().equals(person)) {
                answer.set(new Answer.NotAsked());
                return asked;
              }
              if (clock.instant().isBefore(asked.until())) {
                answer.set(new Answer.Yes(asked.words()));
              }
              return null;
            });
    return answer.get();
  }
}
