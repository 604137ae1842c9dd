package dev.sotto.bots.leaks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A scan that finds nothing proves something only if it would have found it. */
class ScanTest {
  private static final String SECRET = "Xÿlophonquärtz 7319";
  private static final String TEXT = "so I said " + SECRET + " to them";

  @TempDir private Path folder;

  @ParameterizedTest
  @MethodSource("written")
  void findsASecretHoweverItIsWritten(byte[] form) throws IOException {
    Files.write(folder.resolve("some"), amidNoise(form));

    assertThat(new Scan(List.of(SECRET)).in(folder)).isNotEmpty();
  }

  static Stream<byte[]> written() {
    byte[] utf8 = TEXT.getBytes(StandardCharsets.UTF_8);
    String hex = HexFormat.of().formatHex(utf8);
    Stream<String> ascii =
        Stream.of(
            hex,
            hex.toUpperCase(Locale.ROOT),
            "X\\u00fflophonqu\\u00e4rtz 7319",
            "X\\u00FFlophonqu\\u00E4rtz 7319",
            SECRET.chars().mapToObj(it -> String.format("\\u%04x", it)).reduce("", String::concat),
            "X%C3%BFlophonqu%C3%A4rtz+7319");
    Stream<String> base64 =
        Stream.of("", "a", "ab")
            .map(it -> (it + TEXT).getBytes(StandardCharsets.UTF_8))
            .flatMap(it ->
                Stream.of(
                    Base64.getEncoder().encodeToString(it),
                    Base64.getUrlEncoder().encodeToString(it)));
    return Stream.concat(
        Stream.of(
            utf8,
            TEXT.getBytes(StandardCharsets.UTF_16LE),
            TEXT.getBytes(StandardCharsets.UTF_16BE),
            TEXT.getBytes(StandardCharsets.ISO_8859_1)),
        Stream.concat(ascii, base64).map(it -> it.getBytes(StandardCharsets.US_ASCII)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "zlib", "zip"})
  void findsASecretThatIsPacked(String kind) throws IOException {
    Files.write(folder.resolve("some"), amidNoise(packed(kind)));

    assertThat(new Scan(List.of(SECRET)).in(folder))
        .containsExactly(new Scan.Find(folder.resolve("some"), SECRET, "UTF-8"));
  }

  @Test
  void findsNothingInNoise() throws IOException {
    Files.write(folder.resolve("some"), amidNoise(new byte[0]));

    assertThat(new Scan(List.of(SECRET, "priya")).in(folder)).isEmpty();
  }

  private static byte[] packed(String kind) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = packing(kind, bytes)) {
      out.write(TEXT.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  private static OutputStream packing(String kind, OutputStream to) throws IOException {
    return switch (kind) {
      case "gzip" -> new GZIPOutputStream(to);
      case "zlib" -> new DeflaterOutputStream(to);
      default -> {
        ZipOutputStream zip = new ZipOutputStream(to);
        zip.putNextEntry(new ZipEntry("entry"));
        yield zip;
      }
    };
  }

  private static byte[] amidNoise(byte[] form) {
    byte[] noise = new byte[200_000];
    new Random(7).nextBytes(noise);
    return ByteBuffer.allocate(2 * noise.length + form.length)
        .put(noise)
        .put(form)
        .put(noise)
        .array();
  }
}
