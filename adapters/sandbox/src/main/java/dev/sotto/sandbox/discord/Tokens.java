package dev.sotto.sandbox.discord;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;

/** Makes bot tokens that look like Discord's: the application's id, and randomness. */
final class Tokens {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  private Tokens() {}

  static String bot(long application) {
    byte[] random = new byte[28];
    RANDOM.nextBytes(random);
    String id = Long.toUnsignedString(application);
    return BASE64.encodeToString(id.getBytes(StandardCharsets.US_ASCII))
        + ".sotto1."
        + BASE64.encodeToString(random);
  }
}
