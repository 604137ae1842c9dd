package dev.sotto.guard;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Keeps back what repeats the instructions or holds the canary, by letters and digits alone, so
 * that blanks, punctuation and markup between them change nothing. The rest goes out at once.
 */
final class Withholder {
  private static final String NOTICE = "\n[A part that repeats my instructions is withheld.]\n";
  private static final int RUN = 40;
  private static final int SHORTEST = 20;
  private static final int MAX_HELD = 4_000;

  private final StringBuilder out;
  private final StringBuilder held = new StringBuilder();
  private final Grams instructions;
  private final int run;
  private final List<Needle> needles;
  private int hits;
  private boolean noticed;

  Withholder(String instructions, Optional<String> canary, StringBuilder out) {
    this.out = out;
    String plain = plain(instructions);
    this.instructions = new Grams(plain.length() < SHORTEST ? "" : plain);
    this.run = Math.min(RUN, plain.length()) - Grams.LENGTH + 1;
    this.needles = canary.map(Withholder::disguises).orElse(List.of());
  }

  void accept(String text) {
    for (int i = 0; i < text.length(); i++) {
      accept(text.charAt(i));
    }
  }

  void finish() {
    release();
  }

  private void accept(char c) {
    if (Character.isLetterOrDigit(c)) {
      String letters = c < 0x80 ? String.valueOf(Character.toLowerCase(c)) : plain(c + "");
      for (int i = 0; i < letters.length(); i++) {
        read(letters.charAt(i));
      }
    }
    boolean repeats = instructions.isNotEmpty() && hits >= run;
    if (repeats || needles.stream().anyMatch(Needle::found)) {
      withhold();
    } else {
      held.append(c);
      if (!suspected() || held.length() > MAX_HELD) {
        release();
      }
    }
  }

  private void read(char letter) {
    hits = instructions.endsKnown(letter) ? hits + 1 : 0;
    needles.forEach(needle -> needle.read(letter));
  }

  private boolean suspected() {
    return hits > 0 || needles.stream().anyMatch(Needle::suspected);
  }

  private void withhold() {
    held.setLength(0);
    if (!noticed) {
      out.append(NOTICE);
      noticed = true;
    }
  }

  private void release() {
    if (!held.isEmpty()) {
      noticed = false;
      out.append(held);
      held.setLength(0);
    }
  }

  private static String plain(String text) {
    var plain = new StringBuilder(text.length());
    Normalizer.normalize(text, Normalizer.Form.NFKC)
        .toLowerCase(Locale.ROOT)
        .chars()
        .filter(Character::isLetterOrDigit)
        .forEach(c -> plain.append((char) c));
    return plain.toString();
  }

  private static List<Needle> disguises(String canary) {
    byte[] bytes = canary.getBytes(StandardCharsets.UTF_8);
    var found = new ArrayList<Needle>();
    found.add(new Needle(plain(canary)));
    found.add(new Needle(new StringBuilder(plain(canary)).reverse().toString()));
    found.add(new Needle(rotated(plain(canary))));
    found.add(new Needle(HexFormat.of().formatHex(bytes)));
    for (int shift = 0; shift < 3; shift++) {
      found.add(new Needle(base64(bytes, shift)));
    }
    return found;
  }

  private static String rotated(String text) {
    var rotated = new StringBuilder();
    text.chars()
        .forEach(
            c -> rotated.append((char) (c >= 'a' && c <= 'z' ? 'a' + (c - 'a' + 13) % 26 : c)));
    return rotated.toString();
  }

  /** As it stands inside a longer Base64 text, after so many other bytes. */
  private static String base64(byte[] bytes, int shift) {
    byte[] shifted = new byte[shift + bytes.length];
    System.arraycopy(bytes, 0, shifted, shift, bytes.length);
    String text = Base64.getEncoder().withoutPadding().encodeToString(shifted);
    int end = shifted.length % 3 == 0 ? text.length() : text.length() - 1;
    return plain(text.substring(shift == 0 ? 0 : shift + 1, end));
  }
}
