package dev.sotto.assistant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.sotto.chat.Address;
import dev.sotto.chat.ChatPlatform.PlaceName;
import dev.sotto.chat.Platform;
import dev.sotto.chat.Workspace;
import io.micronaut.context.ApplicationContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AssistantsTest {
  private static final Path BUNDLED = Path.of("..", "bots", "assistants");
  @TempDir private Path folder;

  private static Assistants open(Path folder, String standing, Duration poll) {
    return new Assistants(
        folder,
        standing,
        poll,
        (file, _) -> {
          throw new AssertionError(file);
        });
  }

  @Test
  void runsTheBundledAssistants() {
    try (Assistants bundled = open(BUNDLED, "", Duration.ofSeconds(2))) {
      assertThat(bundled.problems()).isEmpty();
      assertThat(bundled.all())
          .extracting(Assistant::id)
          .containsExactly("adviser", "helpdesk", "quiz");
      assertThat(bundled.find("quiz").orElseThrow().questions()).hasSize(10);
      assertThat(bundled.at(channel("C1"), Optional.empty(), Optional.empty()).id())
          .isEqualTo("helpdesk");
      assertThat(bundled.documents(bundled.find("helpdesk").orElseThrow()))
          .containsOnlyKeys("handbook.md");
    }
  }

  @Test
  void isMadeFromTheConfiguration() throws IOException {
    write("a.yaml", "one", "");
    write("b.yaml", "two", "");

    try (ApplicationContext context =
        ApplicationContext.run(
            Map.of(
                "sotto.assistants-directory", folder.toString(), "sotto.default-assistant", "two"),
            "assistants-test")) {
      Assistants assistants = context.getBean(Assistants.class);
      assertThat(assistants.at(channel("C1"), Optional.empty(), Optional.empty()).id())
          .isEqualTo("two");
    }
  }

  @Test
  void takesUpAChangeSurvivesAMistakeAndMends() throws IOException {
    write("desk.yaml", "desk", "greeting: one");
    write("other.yaml", "other", "greeting: same");
    try (Assistants assistants = open(folder, "", Duration.ofSeconds(2))) {
      Assistant first = assistants.find("desk").orElseThrow();

      write("desk.yaml", "desk", "greeting: two");
      await().untilAsserted(() -> assertThat(greeting(assistants, "desk")).isEqualTo("two"));
      assertThat(assistants.find("desk").orElseThrow().version()).isNotEqualTo(first.version());
      assertThat(first.greeting()).isEqualTo("one");

      write("desk.yaml", "desk", "greting: three");
      await().untilAsserted(() -> assertThat(assistants.problems()).hasSize(1));
      assertThat(assistants.problems())
          .hasToString("[desk.yaml:4:1: unknown key 'greting'; did you mean 'greeting'?]");
      assertThat(greeting(assistants, "desk")).isEqualTo("two");
      assertThat(greeting(assistants, "other")).isEqualTo("same");

      write("desk.yaml", "desk", "greeting: three");
      await().untilAsserted(() -> assertThat(greeting(assistants, "desk")).isEqualTo("three"));
      assertThat(assistants.problems()).isEmpty();
    }
  }

  @Test
  void takesUpNewFilesAndLetsGoOfDeletedOnes() throws IOException {
    write("desk.yaml", "desk", "");
    try (Assistants assistants = open(folder, "", Duration.ofSeconds(2))) {
      write("new.yml", "new", "");
      await().untilAsserted(() -> assertThat(assistants.all()).hasSize(2));

      Files.delete(folder.resolve("new.yml"));
      await().untilAsserted(() -> assertThat(assistants.all()).hasSize(1));

      Files.delete(folder.resolve("desk.yaml"));
      Files.writeString(folder.resolve("trace.txt"), "to be told of a change");
      await().during(Duration.ofMillis(400)).until(() -> assistants.find("desk").isPresent());
    }
  }

  @Test
  void givesANewVersionWhenADocumentChangesEvenInASubfolder() throws IOException {
    Path document = Files.createDirectory(folder.resolve("docs")).resolve("vpn.md");
    Files.writeString(document, "# VPN");
    write("desk.yaml", "desk", "knowledge: docs/vpn.md");
    try (Assistants assistants = open(folder, "", Duration.ofMillis(50))) {
      String version = assistants.find("desk").orElseThrow().version();

      Files.writeString(document, "# VPN\nNow longer.");

      await()
          .untilAsserted(() ->
              assertThat(assistants.find("desk").orElseThrow().version()).isNotEqualTo(version));
    }
  }

  @Test
  void refusesADocumentOutsideItsFolder(@TempDir Path elsewhere) throws IOException {
    Path secret = Files.writeString(elsewhere.resolve("secret.md"), "the root key");
    Files.createSymbolicLink(folder.resolve("link.md"), secret);
    write("desk.yaml", "desk", "");
    write("link.yaml", "link", "knowledge: link.md");
    write("up.yaml", "up", "knowledge: ../secret.md");
    write("root.yaml", "root", "knowledge: " + secret);

    try (Assistants assistants = open(folder, "", Duration.ofSeconds(2))) {
      assertThat(assistants.all()).extracting(Assistant::id).containsExactly("desk");
      assertThat(assistants.problems())
          .extracting(Problem::file, Problem::line, Problem::column)
          .containsExactlyInAnyOrder(
              tuple("link.yaml", 4, 12), tuple("up.yaml", 4, 12), tuple("root.yaml", 4, 12));
    }
  }

  @Test
  void namesBothFilesThatHaveOneId() throws IOException {
    write("desk.yaml", "desk", "greeting: mine");
    try (Assistants assistants = open(folder, "", Duration.ofSeconds(2))) {
      write("copy.yaml", "desk", "greeting: copied");

      await().untilAsserted(() -> assertThat(assistants.problems()).hasSize(1));
      assertThat(assistants.problems())
          .hasToString(
              "[copy.yaml:1:5: the id 'desk' is taken by desk.yaml; give this one another]");
      assertThat(greeting(assistants, "desk")).isEqualTo("mine");
    }
  }

  @Test
  void saysWhyItCannotStart() throws IOException {
    Path missing = folder.resolve("missing");
    assertThatThrownBy(() -> open(missing, "", Duration.ofSeconds(2)))
        .isInstanceOf(AssistantsException.class)
        .hasMessage(
            missing + ": this folder cannot be read; make it or set sotto.assistants-directory");
    assertThatThrownBy(() -> open(folder, "", Duration.ofSeconds(2)))
        .hasMessage(folder + ": there is no assistant; put a file such as helpdesk.yaml there");

    write("desk.yaml", "Desk", "");
    assertThatThrownBy(() -> open(folder, "", Duration.ofSeconds(2)))
        .hasMessageStartingWith(folder + ": no assistant can be read: desk.yaml:1:5: 'id' must be");

    write("desk.yaml", "desk", "");
    assertThatThrownBy(() -> open(folder, "other", Duration.ofSeconds(2)))
        .hasMessage("sotto.default-assistant names none of the assistants in " + folder + ": desk");
  }

  /** The assistants bound are: guild to “help” of Acme, name to “help” of any, id to “C7”. */
  @ParameterizedTest(name = "{0} in {1} of {2}, chosen {3}: {4}")
  @CsvSource({
    "C1, help,  Acme,  ,      guild",
    "C1, HELP,  acme,  ,      guild",
    "C1, help,  Globex,,      name",
    "C7, help,  Acme,  ,      id",
    "C7, other, Globex,,      id",
    "C7, ,      ,      ,      id",
    "C1, other, Acme,  ,      helpdesk",
    "C1, ,      ,      ,      helpdesk",
    "C7, help,  Acme,  name,  name",
    "C7, help,  Acme,  gone,  id",
    "C1, other, Acme,  gone,  helpdesk",
  })
  void findsWhoAnswers(String channel, String name, String guild, String chosen, String expected)
      throws IOException {
    write("guild.yaml", "guild", "bindings: [{discord: help, guild: Acme}]");
    write("name.yaml", "name", "bindings: [{slack: nowhere}, {discord: '#help'}]");
    write("id.yaml", "id", "bindings: [{discord: C7}]");
    write("helpdesk.yaml", "helpdesk", "");
    Optional<PlaceName> place =
        Optional.ofNullable(name)
            .map(it -> new PlaceName(it, Optional.ofNullable(guild).orElse("")));

    try (Assistants assistants = open(folder, "", Duration.ofSeconds(2))) {
      assertThat(assistants.at(channel(channel), place, Optional.ofNullable(chosen)).id())
          .isEqualTo(expected);
    }
  }

  @Test
  void bindsNoDirectMessageAndNoOtherPlatform() throws IOException {
    write("a.yaml", "a", "");
    write("bound.yaml", "bound", "bindings: [{discord: help}]");
    Optional<PlaceName> help = Optional.of(new PlaceName("help", "Acme"));
    Workspace slack = new Workspace(Platform.SLACK, "T1");

    try (Assistants assistants = open(folder, "", Duration.ofSeconds(2))) {
      assertThat(
              List.of(
                  new Address(slack, Address.Kind.CHANNEL, "help", Optional.empty()),
                  new Address(
                      channel("help").workspace(), Address.Kind.DIRECT, "help", Optional.empty())))
          .allSatisfy(place ->
              assertThat(assistants.at(place, help, Optional.empty()).id()).isEqualTo("a"));
    }
  }

  private static Address channel(String id) {
    Workspace guild = new Workspace(Platform.DISCORD, "G1");
    return new Address(guild, Address.Kind.CHANNEL, id, Optional.empty());
  }

  private static String greeting(Assistants assistants, String id) {
    return assistants.find(id).map(Assistant::greeting).orElse("");
  }

  private void write(String file, String id, String more) throws IOException {
    Files.writeString(
        folder.resolve(file), "id: " + id + "\nname: Desk\ninstructions: Be kind.\n" + more + "\n");
  }
}
