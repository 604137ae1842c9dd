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
  private static final String NOTICE = " [A part that repeats my instructions is withheld.] ";
  private static final String MARKUP = "`*_~|[]<>\n";
  private static final int RUN = 40;
  private static final int SHORTEST = 20;
  private static final int MAX_HELD = 4_000;

  private final StringBuilder out;
  private final StringBuilder held = new StringBuilder();
  private final Grams instructions;
  private final int run;
  private final List<Needle> needles;
  private int hits;
  private boolean found;
  private boolean suspected;
  private boolean noticed;

  Withholder(String instructions, Optional<String> canary, StringBuilder out) {
    this.out = out;
    String plain = plain(instructions);
    this.instructions = new Grams(plain.length() < SHORTEST ? "" : plain);
    this.run = Math.max(SHORTEST, Math.min(RUN, plain.length())) - Grams.LENGTH + 1;
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
    if (c < 0x80) {
      if (Character.isLetterOrDigit(c)) {
        read(Character.toLowerCase(c));
      }
    } else if (Character.isLetterOrDigit(c)) {
      plain(String.valueOf(c)).chars().forEach(letter -> read((char) letter));
    }
    held.append(c);
    if (found) {
      withhold();
    } else if (!suspected || held.length() > MAX_HELD) {
      release();
    }
  }

  private void read(char letter) {
    hits = instructions.endsKnown(letter) ? hits + 1 : 0;
    found = hits >= run;
    suspected = hits > 0;
    for (Needle needle : needles) {
      needle.read(letter);
      found |= needle.found();
      suspected |= needle.suspected();
    }
  }

  /** Signs of markup stay, apart as before, so that what was code or text is still what it was. */
  private void withhold() {
    if (!noticed) {
      out.append(NOTICE);
      noticed = true;
    }
    for (int i = 0; i < held.length(); i++) {
      boolean sign = MARKUP.indexOf(held.charAt(i)) >= 0;
      if (sign || out.charAt(out.length() - 1) != ' ') {
        out.append(sign ? held.charAt(i) : ' ');
      }
    }
    held.setLength(0);
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
