package dev.sotto.bots;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sotto.crypto.Keys;
import io.micronaut.context.ApplicationContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The second layer of an embedded database, and its twin without. */
class EmbeddedFileTest {
  private static final String SECRET = "horse and carriage";

  /** What stands in clear in the file of every database that H2 does not encrypt. */
  private static final String IN_CLEAR = "flyway_schema_history";

  @TempDir private Path folder;

  @Test
  void tellsNotEvenTheNamesOfTablesAndOpensWithItsPasswordAlone() throws IOException {
    start(SECRET);
    start(SECRET);

    assertThat(bytes("sotto")).startsWith("H2encrypt").doesNotContain(IN_CLEAR);
    assertThat(bytes("keys")).startsWith("H2encrypt").doesNotContain(IN_CLEAR);
    refused("another one", "sotto.h2-password is not the one");
    refused("", "was made with sotto.h2-password: set it");
  }

  @Test
  void twinWithoutTellsThem() throws IOException {
    start("");

    assertThat(bytes("sotto")).contains(IN_CLEAR);
    refused(SECRET, "was made without sotto.h2-password: leave it out, or write a backup");
  }

  private void start(String password) {
    try (ApplicationContext context = Installation.open(settings(password))) {
      assertThat(context.getBean(Keys.class).status().pending()).isZero();
    }
  }

  private void refused(String password, String line) {
    assertThatThrownBy(() -> Installation.open(settings(password)).close())
        .satisfies(failure -> assertThat(Failures.line(failure)).contains(line));
  }

  private Map<String, Object> settings(String password) {
    Map<String, Object> settings = new HashMap<>();
    settings.put("sotto.data-directory", folder.resolve("data").toString());
    settings.put("sotto.root-key", "file:" + folder.resolve("safe/root.key"));
    settings.put("sotto.h2-password", password);
    settings.put(
        "sotto.assistants-directory", Installation.HOME.resolve("bots/assistants").toString());
    return settings;
  }

  private String bytes(String database) throws IOException {
    return Files.readString(folder.resolve("data").resolve(database + ".mv.db"), ISO_8859_1);
  }
}
