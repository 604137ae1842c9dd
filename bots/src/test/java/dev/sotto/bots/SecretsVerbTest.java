package dev.sotto.bots;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sotto.sandbox.side.Side;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code secrets seal}, and the program with what it sealed. */
class SecretsVerbTest {
  private static final String TOKEN = "sotto.slack.bot-token";

  @TempDir private Path folder;
  private World world;
  private Program.Plan plan;

  @BeforeEach
  void open() throws IOException, InterruptedException {
    world = new World(folder);
    plan = new Program.Plan(world, folder);
    assertThat(Program.verb(plan, "", "keys", "status").status()).isZero();
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void printsOneLineWithWhichTheProgramConnects() throws InterruptedException {
    Program.Ended sealed =
        Program.verb(plan, world.slack().botToken() + "\n", "secrets", "seal", TOKEN);

    assertThat(sealed.status()).isZero();
    assertThat(sealed.err()).isEmpty();
    assertThat(sealed.out()).hasLineCount(1).startsWith("sealed:");
    world.model().always(Speech.of("Good day."));
    List<String> flags = List.of("-D" + TOKEN + "=" + sealed.out().strip());
    try (Program program = Program.run(new Program.Plan(world, folder, flags, false))) {
      Side slack = world.slack();
      Stage.tell(slack, slack.people().getFirst().id(), "hello", it -> it.contains("Good day."));
      assertThat(program.err()).doesNotContain("WARN", "ERROR");
    }
  }

  @Test
  void sealsADefinitionThatTheProgramRuns() throws IOException, InterruptedException {
    Path definition = folder.resolve("assistants/friend.yaml");

    Program.Ended ended =
        Program.verb(plan, "", "secrets", "seal", "--file", definition.toString());
    Files.delete(definition);

    assertThat(ended.status()).isZero();
    assertThat(ended.out()).isEmpty();
    assertThat(Files.readString(folder.resolve("assistants/friend.yaml.sealed")))
        .doesNotContain("Answer in one sentence");
    assertThat(Program.verb(plan, "", "assistant", "list").out()).contains("friend");
  }

  @Test
  void refusesASecretOnTheCommandLineAndDoesNotRepeatIt() throws InterruptedException {
    for (List<String> words :
        List.of(List.of(TOKEN, "xoxb-20417-brackenfold"), List.of(TOKEN, "brackenfold"))) {
      Program.Ended ended =
          Program.verb(plan, "", "secrets", "seal", words.getFirst(), words.getLast());

      assertThat(ended.status()).isNotZero();
      assertThat(ended.out()).isEmpty();
      assertThat(ended.err()).hasLineCount(1).startsWith("sotto: ").doesNotContain("brackenfold");
    }
  }

  @Test
  void refusesANameThatIsNoSecret() throws InterruptedException {
    Program.Ended ended = Program.verb(plan, "value", "secrets", "seal", "sotto.slack.bot-tokn");

    assertThat(ended.status()).isEqualTo(1);
    assertThat(ended.err()).hasLineCount(1).contains("no secret has that name", TOKEN);
  }
}
