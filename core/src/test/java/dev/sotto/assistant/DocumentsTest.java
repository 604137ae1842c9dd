package dev.sotto.assistant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The ways out of the folder; each is seen to lead to the secret when nobody checks. */
class DocumentsTest {
  private static final String SECRET = "the root key";
  @TempDir private Path machine;
  private Path folder = Path.of("");

  @BeforeEach
  void layOut() throws IOException {
    folder = Files.createDirectory(machine.resolve("assistants"));
    Path secret = Files.writeString(machine.resolve("secret.md"), SECRET);
    Files.createSymbolicLink(folder.resolve("file.md"), secret);
    Files.createSymbolicLink(folder.resolve("up"), machine);
    Files.writeString(folder.resolve("handbook.md"), "# Hello");
    Files.createSymbolicLink(folder.resolve("alias.md"), folder.resolve("handbook.md"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"../secret.md", "file.md", "up/secret.md", "up/assistants/../secret.md"})
  void opensNothingOutsideItsFolder(String name) {
    Documents documents = Documents.in(folder);

    assertThat(folder.resolve(name)).as("the twin without the check").hasContent(SECRET);
    assertThat(documents.problem(name)).isPresent();
    assertThatThrownBy(() -> documents.bytes(name)).isInstanceOf(UncheckedIOException.class);
  }

  @Test
  void opensNoAbsoluteName() {
    assertThat(Documents.in(folder).problem(machine.resolve("secret.md").toString())).isPresent();
  }

  @Test
  void opensWhatLiesInsideAlsoThroughALink() {
    assertThat(Documents.in(folder).problem("handbook.md")).isEmpty();
    assertThat(Documents.in(folder).bytes("alias.md")).asString().isEqualTo("# Hello");
  }

  @Test
  void saysWhatIsWrongWithADocument() throws IOException {
    Files.write(folder.resolve("latin.md"), new byte[] {(byte) 0xE9, 't', (byte) 0xE9});
    Files.write(folder.resolve("large.md"), new byte[Documents.MOST_BYTES + 1]);
    Documents documents = Documents.in(folder);

    assertThat(documents.problem("latin.md")).contains("'latin.md' is not UTF-8 text");
    assertThat(documents.problem("large.md")).contains("'large.md' is larger than 1 MiB");
    assertThat(documents.problem("none.md")).contains("there is no file 'none.md' beside this one");
  }
}
