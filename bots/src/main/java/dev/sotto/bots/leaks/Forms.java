package dev.sotto.bots.leaks;

import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;

/** The bytes that a text may have become on its way to a disk, by the name of the form. */
final class Forms {
  private static final List<Charset> CHARSETS =
      List.of(
          StandardCharsets.UTF_8,
          StandardCharsets.UTF_16LE,
          StandardCharsets.UTF_16BE,
          StandardCharsets.ISO_8859_1);

  private Forms() {}

  /** Of forms that are the same for this text the first one stands for all. */
  static Map<String, byte[]> of(String text) {
    Map<String, String> written = new LinkedHashMap<>();
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    String hex = HexFormat.of().formatHex(utf8);
    written.put("hex", hex);
    written.put("HEX", hex.toUpperCase(Locale.ROOT));
    for (int shift = 0; shift < 3; shift++) {
      written.put("base64+" + shift, base64(Base64.getEncoder(), utf8, shift));
      written.put("base64url+" + shift, base64(Base64.getUrlEncoder(), utf8, shift));
    }
    written.put("json", escaped(text, "\\u%04x", it -> it > 0x7e));
    written.put("JSON", escaped(text, "\\u%04X", it -> it > 0x7e));
    written.put("json-all", escaped(text, "\\u%04x", _ -> true));
    written.put("url", URLEncoder.encode(text, StandardCharsets.UTF_8));
    written.put("url-lower", escapedBytes(utf8));
    Map<String, byte[]> forms = new LinkedHashMap<>();
    CHARSETS.forEach(it -> add(forms, it.name(), text.getBytes(it)));
    written.forEach((name, form) -> add(forms, name, form.getBytes(StandardCharsets.US_ASCII)));
    return forms;
  }

  private static void add(Map<String, byte[]> forms, String name, byte[] form) {
    if (forms.values().stream().noneMatch(it -> Arrays.equals(it, form))) {
      forms.put(name, form);
    }
  }

  /** The characters that no neighbour has a part in. */
  private static String base64(Base64.Encoder encoder, byte[] bytes, int shift) {
    byte[] shifted = new byte[shift + bytes.length];
    System.arraycopy(bytes, 0, shifted, shift, bytes.length);
    int begin = (shift * Byte.SIZE + 5) / 6;
    int end = shifted.length * Byte.SIZE / 6;
    return encoder.withoutPadding().encodeToString(shifted).substring(begin, end);
  }

  private static String escaped(String text, String format, IntPredicate which) {
    return text.chars()
        .mapToObj(it -> which.test(it) ? String.format(format, it) : Character.toString(it))
        .collect(Collectors.joining());
  }

  private static String escapedBytes(byte[] utf8) {
    StringBuilder all = new StringBuilder();
    for (byte each : utf8) {
      all.append(each < 0 ? String.format("%%%02x", each & 0xff) : Character.toString(each));
    }
    return all.toString();
  }
}
