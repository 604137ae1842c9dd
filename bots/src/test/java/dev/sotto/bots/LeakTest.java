package dev.sotto.bots;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sotto.sandbox.side.Place;
import dev.sotto.sandbox.side.Side;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Says something unmistakable on both platforms and looks for it in every byte on disk. */
class LeakTest {
  private static final String CANARY = "Xylophonquartz7319";

  @TempDir private Path folder;

  @Test
  void nothingSaidAndNoIdLiesOnDisk() throws IOException {
    List<String> secrets = converse(Map.of());

    for (String secret : secrets) {
      assertThat(filesWith(secret)).as("files that hold a secret").isEmpty();
    }
  }

  @Test
  void theSameLookFindsItWhereSealingIsANoOp() throws IOException {
    converse(Map.of("twin", "seals-nothing"));

    assertThat(filesWith(CANARY)).isNotEmpty();
  }

  private List<String> converse(Map<String, Object> further) throws IOException {
    List<String> secrets = new ArrayList<>(List.of(CANARY));
    try (Stage stage = new Stage(folder, further)) {
      for (Side side : List.of(stage.slack(), stage.discord())) {
        String person = side.people().getFirst().id();
        Stage.tell(side, person, "my name is " + CANARY, it -> it.contains(CANARY));
        side.say(person, Place.in(side.direct(person)), "what is my name?");
        Stage.answer(side, person, side.direct(person), it -> it.contains(CANARY));
        secrets.addAll(List.of(person, side.direct(person)));
      }
      secrets.add(stage.slack().botToken());
      secrets.add(stage.discord().botToken());
    }
    return secrets;
  }

  private List<Path> filesWith(String secret) throws IOException {
    List<byte[]> forms = forms(secret);
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> found = new ArrayList<>();
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        if (forms.stream()
            .anyMatch(it -> bytes.contains(new String(it, StandardCharsets.ISO_8859_1)))) {
          found.add(file);
        }
      }
      return found;
    }
  }

  private static List<byte[]> forms(String secret) {
    byte[] utf8 = secret.getBytes(StandardCharsets.UTF_8);
    List<byte[]> forms = new ArrayList<>(List.of(utf8));
    for (Charset wide : List.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
      forms.add(secret.getBytes(wide));
    }
    String hex = HexFormat.of().formatHex(utf8);
    forms.add(hex.getBytes(StandardCharsets.US_ASCII));
    forms.add(hex.toUpperCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII));
    for (int shift = 0; shift < 3; shift++) {
      String encoded =
          Base64.getEncoder()
              .encodeToString((" ".repeat(shift) + secret).getBytes(StandardCharsets.UTF_8));
      String inner = encoded.substring(4, encoded.length() - 4);
      forms.add(inner.getBytes(StandardCharsets.US_ASCII));
    }
    return forms;
  }
}
