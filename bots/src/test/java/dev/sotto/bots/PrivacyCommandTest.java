package dev.sotto.bots;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sotto.chat.Person;
import dev.sotto.chat.Platform;
import dev.sotto.chat.Workspace;
import dev.sotto.memory.ConversationKey;
import dev.sotto.memory.Exchange;
import dev.sotto.memory.Memory;
import io.micronaut.context.ApplicationContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code privacy} as an operator types it, each time in a process of its own. */
class PrivacyCommandTest {
  private static final Workspace TEAM = new Workspace(Platform.SLACK, "T1");
  private static final Person ADA = new Person(TEAM, "U1");
  private static final Person TOM = new Person(TEAM, "U2");
  private static final Duration LONG = Duration.ofDays(3_650);

  @TempDir private Path folder;

  private record Said(int status, String out, String err) {}

  @BeforeEach
  void rememberTwoPeople() {
    try (ApplicationContext context = Installation.open(settings())) {
      remember(context, ADA, "m1");
      remember(context, TOM, "m2");
    }
  }

  @Test
  void erasesAPersonAndProvesItWithNothingButReceiptAndKey() throws Exception {
    Path receipt = folder.resolve("receipt.json");
    Said erased =
        say("privacy", "erase", "person", "slack:T1", "U1", "--yes", "--receipt", name(receipt));
    assertThat(erased.status()).isZero();
    assertThat(erased.out()).isEmpty();
    assertThat(problems(erased)).isEmpty();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(receipt)))
        .isEqualTo("rw-------");
    assertThat(remembered(TOM)).isEqualTo(2);

    Said key = say("privacy", "key");
    Path pem = Files.writeString(folder.resolve("key.pem"), key.out());
    Said genuine = say("privacy", "verify", name(receipt), "--key", name(pem));
    assertThat(genuine.out()).isEqualTo("genuine\n");
    assertThat(genuine.status()).isZero();
    Files.writeString(receipt, Files.readString(receipt).replace("\"rows\":2", "\"rows\":3"));
    Said refused = say("privacy", "verify", name(receipt), "--key", name(pem));
    assertThat(refused.out()).startsWith("refused");
    assertThat(refused.status()).isEqualTo(1);

    Said again = say("privacy", "erase", "person", "slack:T1", "U1", "--yes");
    assertThat(again.status()).isEqualTo(1);
    assertThat(again.err()).hasLineCount(1).contains("nothing is kept of person U1");
    assertThat(say("privacy", "receipts").out()).hasLineCount(1).contains("\"kind\":\"person\"");
    assertThat(remembered(ADA)).isZero(); // Whoever looks for somebody makes them keys anew.
  }

  @Test
  void erasesAConversationAndAWorkspaceAndPrintsTheReceipt() throws Exception {
    Said conversation =
        say("privacy", "erase", "conversation", "slack:T1", "helpdesk", "C1", "100.1", "--yes");
    assertThat(problems(conversation)).isEmpty();
    assertThat(conversation.out()).hasLineCount(1).contains("\"kind\":\"conversation\"");
    assertThat(remembered(TOM)).isZero();

    Said workspace = say("privacy", "erase", "workspace", "slack:T1", "--yes");
    assertThat(problems(workspace)).isEmpty();
    assertThat(workspace.out()).hasLineCount(1).contains("\"kind\":\"workspace\"");
    assertThat(say("privacy", "receipts").out()).hasLineCount(2);
  }

  /** What it says beside where the audit log stands, for a log host. */
  private static List<String> problems(Said said) {
    return said.err().lines().filter(it -> !it.contains(" INFO ")).toList();
  }

  @Test
  void saysInOneLineWhatIsWrongAndErasesNothing() throws Exception {
    Path taken = Files.writeString(folder.resolve("taken"), "mine");

    refuses("such as slack:T1", "privacy", "erase", "person", "T1", "U1", "--yes");
    refuses("say --yes", "privacy", "erase", "person", "slack:T1", "U1");
    refuses(
        "exists already",
        "privacy",
        "erase",
        "person",
        "slack:T1",
        "U1",
        "--yes",
        "--receipt",
        name(taken));
    refuses(
        "no assistant 'nobody'",
        "privacy",
        "erase",
        "conversation",
        "slack:T1",
        "nobody",
        "C1",
        "--yes");
    refuses("cannot be read", "privacy", "verify", "nowhere.json", "--key", name(taken));
    refuses("PEM", "privacy", "verify", name(taken), "--key", name(taken));
    assertThat(remembered(ADA)).isEqualTo(2);
  }

  private void refuses(String line, String... words) throws Exception {
    Said said = say(words);
    assertThat(said.err()).hasLineCount(1).startsWith("sotto: ").contains(line);
    assertThat(said.status()).isEqualTo(1);
  }

  private int remembered(Person person) {
    try (ApplicationContext context = Installation.open(settings())) {
      return context.getBean(Memory.class).recallOf(person, 10).said().size();
    }
  }

  private static void remember(ApplicationContext context, Person person, String id) {
    Memory memory = context.getBean(Memory.class);
    ConversationKey key =
        new ConversationKey(TEAM.key(), List.of("helpdesk", "thread", "C1", "100.1"));
    Instant now = Instant.now();
    memory.remember(
        new Exchange(key, person, id, now, "q", "a", false, LONG), memory.scope(person));
  }

  private Map<String, Object> settings() {
    return Map.of("sotto.data-directory", data(), "sotto.root-key", rootKey());
  }

  private String data() {
    return folder.resolve("data").toString();
  }

  private String rootKey() {
    return "file:" + folder.resolve("keys/root.key");
  }

  private static String name(Path file) {
    return file.toString();
  }

  private Said say(String... words) throws IOException, InterruptedException {
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    List<String> command = Program.product(List.of());
    command.addAll(List.of(words));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(Installation.HOME.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().clear();
    builder.environment().put("HOME", folder.toString());
    builder.environment().put("SOTTO_DATA_DIRECTORY", data());
    builder.environment().put("SOTTO_ROOT_KEY", rootKey());
    int status = builder.start().waitFor();
    return new Said(status, Files.readString(out), Files.readString(err));
  }
}
