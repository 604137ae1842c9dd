package dev.sotto.assistant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sotto.crypto.Keys;
import dev.sotto.crypto.SealedTexts;
import dev.sotto.crypto.SealedTexts.Use;
import io.micronaut.context.ApplicationContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealedAssistantsTest {
  @TempDir private Path folder;
  private Path assistants;
  private ApplicationContext context;

  @BeforeEach
  void open() throws IOException {
    assistants = Files.createDirectory(folder.resolve("assistants"));
    Files.writeString(assistants.resolve("open.yaml"), definition("open"));
    context =
        ApplicationContext.run(
            Map.of(
                "sotto.assistants-directory",
                assistants.toString(),
                "sotto.root-key",
                "file:" + folder.resolve("safe/root.key")));
    assertThat(context.getBean(Keys.class).created()).isTrue();
  }

  @AfterEach
  void close() {
    context.close();
  }

  @Test
  void runsADefinitionThatIsSealedForTheNameOfItsFile() throws IOException {
    seal("desk.yaml", "desk.yaml.sealed");

    Assistants running = context.getBean(Assistants.class);

    assertThat(running.problems()).isEmpty();
    assertThat(running.find("desk").orElseThrow().instructions()).contains("Help with desk");
    assertThat(Files.readString(assistants.resolve("desk.yaml.sealed")))
        .startsWith("sealed:")
        .doesNotContain("Help with");
  }

  @Test
  void saysInOneLineWhyAMovedOrAlteredOneDoesNotRunWhileTheOthersGoOn() throws IOException {
    seal("desk.yaml", "moved.yaml.sealed");
    seal("lab.yaml", "lab.yaml.sealed");
    Path lab = assistants.resolve("lab.yaml.sealed");
    String sealed = Files.readString(lab);
    Files.writeString(lab, sealed.substring(0, sealed.length() - 9) + "AAAAAAAA\n");
    Files.writeString(assistants.resolve("plain.yaml.sealed"), definition("plain"));

    Assistants running = context.getBean(Assistants.class);

    assertThat(running.all()).extracting(Assistant::id).containsExactly("open");
    assertThat(running.problems())
        .extracting(Problem::toString)
        .containsExactlyInAnyOrder(
            "moved.yaml.sealed:1:1: was altered, or sealed for another name; seal it again",
            "lab.yaml.sealed:1:1: was altered, or sealed for another name; seal it again",
            "plain.yaml.sealed:1:1: is not sealed; seal it");
  }

  @Test
  void keepsTheLastGoodVersionOfOneThatIsDamagedWhileItRuns() throws IOException {
    seal("desk.yaml", "desk.yaml.sealed");
    Assistants running = context.getBean(Assistants.class);

    Files.writeString(assistants.resolve("desk.yaml.sealed"), "sealed:AQ\n");

    await().untilAsserted(() -> assertThat(running.problems()).hasSize(1));
    assertThat(running.problems().getFirst())
        .hasToString("desk.yaml.sealed:1:1: is sealed, but damaged or cut off; seal it again");
    assertThat(running.find("desk")).isPresent();
  }

  private void seal(String name, String file) throws IOException {
    String id = name.replace(".yaml", "");
    String sealed = context.getBean(SealedTexts.class).seal(Use.ASSISTANT, name, definition(id));
    Files.writeString(assistants.resolve(file), sealed + "\n");
  }

  private static String definition(String id) {
    return "id: %1$s\nname: %1$s\ninstructions: Help with %1$s.\nmodel: demo/sotto\n".formatted(id);
  }
}
