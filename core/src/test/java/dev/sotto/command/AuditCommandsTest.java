package dev.sotto.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sotto.access.AdmitsEverybody;
import dev.sotto.chat.Address;
import dev.sotto.chat.ChatEvent;
import dev.sotto.chat.Person;
import dev.sotto.chat.Platform;
import dev.sotto.chat.Workspace;
import io.micronaut.context.ApplicationContext;
import io.micronaut.jdbc.DataSourceResolver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditCommandsTest {
  private static final Workspace TEAM = new Workspace(Platform.SLACK, "T1");
  private static final Person ADMIN = new Person(TEAM, "U1");
  private static final Person NOBODY = new Person(TEAM, "U3");
  private static final Person OPERATOR =
      new Person(new Workspace(Platform.TERMINAL, "local"), "operator");

  @TempDir private Path folder;
  private ApplicationContext context;

  @BeforeEach
  void open() throws IOException {
    Path assistants = Files.createDirectories(folder.resolve("assistants"));
    Files.writeString(
        assistants.resolve("desk.yaml"),
        "id: desk\nname: Desk\ninstructions: Help.\nmodel: demo/sotto\n");
    context = open("none");
  }

  private ApplicationContext open(String twin) {
    return ApplicationContext.run(
        Map.of(
            "sotto.access.admins",
            "slack:U1",
            "sotto.root-key",
            "file:" + folder.resolve(twin).resolve("root.key"),
            "sotto.assistants-directory",
            folder.resolve("assistants").toString(),
            "sotto.default-assistant",
            "desk",
            "twin",
            twin));
  }

  @AfterEach
  void close() {
    context.close();
  }

  @Test
  void writesDownWhatAdministratorsDoAndWhoWasRefused() {
    say(ADMIN, "keys status");
    say(ADMIN, "assistant use desk");
    say(ADMIN, "assistant use my dog's name");
    say(ADMIN, "assistant use rover");
    say(NOBODY, "keys emergency data dry-run");
    say(ADMIN, "keys rotate audit");

    assertThat(lines(say(ADMIN, "audit tail 50")))
        .containsExactly(
            "`sotto` segment begun `1` done",
            "`slack:U1` command `keys status` begun",
            "`slack:U1` command `keys status` done",
            "`slack:U1` command `assistant use desk` begun",
            "`slack:U1` command `assistant use desk` done",
            "`slack:U1` command `assistant use rover` begun",
            "`slack:U1` command `assistant use rover` failed",
            "`slack:U3` command `keys emergency data dry-run` refused",
            "`slack:U1` command `keys rotate audit` begun",
            "`sotto` segment closed `1` done",
            "`sotto` segment begun `2` done",
            "`slack:U1` command `keys rotate audit` done",
            "`slack:U1` command `audit tail` begun");
    assertThat(say(ADMIN, "audit verify").well()).isTrue();
  }

  @Test
  void writesDownNothingOfWhatOthersMayDo() {
    say(NOBODY, "help");
    say(NOBODY, "memory show");
    say(NOBODY, "no such thing");

    assertThat(lines(say(ADMIN, "audit tail"))).hasSize(2);
  }

  @Test
  void refusesEveryVerbToOthersInOneLine() {
    for (String verb : List.of("tail", "tail 5", "verify", "export", "export x")) {
      assertThat(text(say(NOBODY, "audit " + verb)))
          .isEqualTo("That is not allowed: only administrators of this bot may do it.");
    }
    assertThat(lines(say(ADMIN, "audit tail"))).filteredOn(it -> it.endsWith("refused")).hasSize(5);
  }

  @Test
  void twinThatAdmitsEverybodyShowsTheLogToAnybody() {
    context.close();
    context = open(AdmitsEverybody.TWIN);

    assertThat(say(NOBODY, "audit tail").well()).isTrue();
  }

  @Test
  void doesNothingThatItCannotWriteDownAndGoesOnWithChat() {
    say(ADMIN, "keys status");
    sql("update audit_entry set mac = (select mac from audit_entry where seq = 1) where seq = 3");

    Done refused = say(ADMIN, "keys rotate");

    assertThat(refused.well()).isFalse();
    assertThat(text(refused))
        .startsWith("Not done: the audit log cannot take it")
        .hasSizeLessThan(300);
    assertThat(text(say(NOBODY, "keys rotate"))).contains("not allowed");
    assertThat(say(NOBODY, "memory show").well()).isTrue();
    assertThat(text(say(ADMIN, "audit verify")))
        .contains("does not verify", "integrity", "entry 1/3: does not verify");
    assertThat(say(ADMIN, "audit verify").well()).isFalse();
  }

  @Test
  void exportsAtTheTerminalAloneToAFileOfItsOwner() throws IOException {
    Path file = folder.resolve("log.jsonl");
    say(ADMIN, "keys status");

    assertThat(text(say(ADMIN, "audit export " + file))).contains("bots/sotto audit export");
    assertThat(file).doesNotExist();
    assertThat(text(say(OPERATOR, "audit export " + file))).contains("Written to " + file);
    assertThat(Files.readString(file)).contains("\"actor\":\"slack:U1\"").hasLineCount(6);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(text(say(OPERATOR, "audit export " + file))).contains("name another");
    assertThat(text(say(OPERATOR, "audit export " + folder.resolve("no/such"))))
        .contains("cannot be written");
  }

  @Test
  void saysHowManyEntriesCanBeAskedFor() {
    for (String count : List.of("0", "51", "many", "-1", "9999999999")) {
      assertThat(text(say(ADMIN, "audit tail " + count))).contains("a number from 1 to 50");
    }
    assertThat(lines(say(ADMIN, "audit tail 1"))).hasSize(1);
  }

  private Done say(Person person, String line) {
    Address place = new Address(person.workspace(), Address.Kind.CHANNEL, "C1", Optional.empty());
    var command = new ChatEvent.Command("", place, person, Instant.EPOCH, line, "");
    return context.getBean(Commands.class).run(command, _ -> Optional.empty(), _ -> {});
  }

  private static String text(Done done) {
    return done.reply().text();
  }

  /** Of a tail, without places, times and reasons. */
  private static List<String> lines(Done done) {
    return text(done)
        .lines()
        .map(it -> it.replaceAll("^- `\\d+/\\d+` \\S+ \\S+ ", "").replaceAll(" \\(.*\\)$", ""))
        .toList();
  }

  private void sql(String statement) {
    DataSource source = context.getBean(DataSource.class);
    try (Connection connection =
            context.getBean(DataSourceResolver.class).resolve(source).getConnection();
        Statement sql = connection.createStatement()) {
      sql.execute(statement);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
