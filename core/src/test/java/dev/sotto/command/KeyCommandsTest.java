package dev.sotto.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sotto.TestClock;
import dev.sotto.access.AdmitsEverybody;
import dev.sotto.audit.Action;
import dev.sotto.audit.AuditLog;
import dev.sotto.chat.Address;
import dev.sotto.chat.ChatEvent;
import dev.sotto.chat.CommandCatalogue.Group;
import dev.sotto.chat.CommandCatalogue.Verb;
import dev.sotto.chat.Person;
import dev.sotto.chat.Platform;
import dev.sotto.chat.Workspace;
import dev.sotto.memory.Memory;
import io.micronaut.context.ApplicationContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyCommandsTest {
  private static final Workspace TEAM = new Workspace(Platform.SLACK, "T1");
  private static final Address PLACE =
      new Address(TEAM, Address.Kind.CHANNEL, "C1", Optional.empty());
  private static final Person ADMIN = new Person(TEAM, "U1");
  private static final Person OTHER_ADMIN = new Person(TEAM, "U2");
  private static final Person NOBODY = new Person(TEAM, "U3");
  private static final String REFUSED =
      "That is not allowed: only administrators of this bot may do it.";

  private final TestClock clock = new TestClock("2026-05-04T12:00:00Z");
  private final List<Doing> heard = new ArrayList<>();
  @TempDir private Path assistants;
  private ApplicationContext context;

  @BeforeEach
  void open() throws IOException {
    Files.writeString(
        assistants.resolve("desk.yaml"),
        "id: desk\nname: Desk\ninstructions: Help.\nmodel: demo/sotto\n");
    context = open("");
  }

  private ApplicationContext open(String twin) {
    Map<String, Object> settings =
        Map.of(
            "sotto.access.admins",
            "slack:U1,slack:U2,discord:1",
            "sotto.assistants-directory",
            assistants.toString(),
            "sotto.default-assistant",
            "desk",
            "twin",
            twin);
    return ApplicationContext.builder(settings).singletons(clock).start();
  }

  @AfterEach
  void close() {
    context.close();
  }

  private Done say(Person person, String line) {
    Address place = new Address(person.workspace(), PLACE.kind(), "C1", Optional.empty());
    var command = new ChatEvent.Command("c", place, person, clock.instant(), line, "");
    return context.getBean(Commands.class).run(command, _ -> Optional.empty(), heard::add);
  }

  private String text(String line) {
    return say(ADMIN, line).reply().text();
  }

  private String yes(Done asked) {
    return asked.reply().choices().getFirst().value();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "keys status",
        "keys rotate",
        "keys rotate workspace slack:T1",
        "KEYS Rotate root",
        "keys progress",
        "keys retire",
        "keys inventory",
        "keys emergency data",
        "keys emergency data dry-run",
        "keys confirm x"
      })
  void refusesEverybodyButAdministratorsInOneLine(String line) {
    Person elsewhere = new Person(new Workspace(Platform.DISCORD, "G1"), "U1");

    for (Person person : List.of(NOBODY, elsewhere)) {
      Done done = say(person, line);
      assertThat(done.reply().text()).isEqualTo(REFUSED).hasSizeLessThan(300);
      assertThat(done.reply().choices()).isEmpty();
      assertThat(done.well()).isFalse();
    }
    assertThat(text(line)).isNotEqualTo(REFUSED);
    context.close();
    context = open(AdmitsEverybody.TWIN);
    assertThat(say(NOBODY, line).reply().text()).isNotEqualTo(REFUSED);
  }

  @Test
  void tellsHowFarItIsAndWhatCameOfIt() {
    context.getBean(Memory.class).scope(ADMIN);
    clock.advance(Duration.ofDays(1));

    Done done = say(ADMIN, "keys rotate");

    assertThat(done.well()).isTrue();
    assertThat(done.reply().text()).startsWith("Rotated:").contains("old keys are destroyed");
    assertThat(heard.getFirst()).isEqualTo(new Doing("Rotation", 0, 0));
    assertThat(text("keys progress")).isEqualTo("No rotation is open.");
    assertThat(text("keys retire")).startsWith("Retired:");
  }

  @Test
  void saysWhatIsMissingInOneLine() {
    assertThat(text("keys rotate everything"))
        .isEqualTo(
            "For `what` say one of: data, workspace, scope, workspace-keys, root, audit, index.");
    assertThat(text("keys rotate scope 12")).contains("UUID");
    assertThat(text("keys rotate data twice")).isEqualTo("Nothing can follow `data`.");
    assertThat(text("keys rotate index now")).isEqualTo("Nothing can follow `index`.");
    assertThat(text("keys rotate workspace slack:T9"))
        .isEqualTo("That workspace has no keys here.");
    assertThat(text("keys emergency"))
        .isEqualTo("Say it like this: `/sotto keys emergency <what> [id] [dry-run]`");
  }

  @Test
  void replacesTheIndexKeyWhenItIsNamed() {
    context.getBean(Memory.class).scope(ADMIN);

    Done first = say(ADMIN, "keys rotate index");
    clock.advance(Duration.ofDays(1));
    Done second = say(ADMIN, "keys rotate index");

    assertThat(first.well()).isTrue();
    assertThat(first.reply().text()).contains("0 old keys are destroyed");
    assertThat(second.reply().text()).contains("1 old keys are destroyed");
    assertThat(heard).anyMatch(it -> it.done() > 0);
    assertThat(text("keys inventory"))
        .contains("permutation", "AES-256", "permutes those fingerprints");
    clock.advance(Duration.ofDays(1));
    assertThat(text("keys rotate")).doesNotContain("0 old keys are destroyed");
    assertThat(text("keys rotate index")).contains("1 old keys are destroyed");
  }

  @Test
  void anEmergencyOfEverythingReplacesTheIndexKeyToo() {
    context.getBean(Memory.class).scope(ADMIN);
    assertThat(text("keys rotate index")).startsWith("Rotated:");
    int before = indexKeys();
    clock.advance(Duration.ofDays(1));

    Done plan = say(ADMIN, "keys emergency data dry-run");
    assertThat(plan.reply().text()).contains("key_scope, indexes", KeyReport.UNCHANGED);
    assertThat(indexKeys()).isEqualTo(before);
    assertThat(text(yes(say(ADMIN, "keys emergency data")))).startsWith("Replaced:");

    assertThat(indexKeys()).isEqualTo(before + 1);
    clock.advance(Duration.ofDays(1));
    assertThat(text(yes(say(ADMIN, "keys emergency index")))).startsWith("Replaced: ");
    assertThat(indexKeys()).isEqualTo(before + 2);
  }

  private int indexKeys() {
    return (int)
        context.getBean(AuditLog.class).newest(AuditLog.MOST).stream()
            .filter(it -> it.note().action() == Action.KEY_REPLACED)
            .filter(it -> it.note().object().startsWith("permutation"))
            .count();
  }

  @Test
  void anotherPlaceForTheRootKeyIsNamedAtTheTerminalOnly() {
    Person operator = new Person(new Workspace(Platform.TERMINAL, "local"), "operator");

    assertThat(text("keys rotate root vault://x")).contains("at the terminal only");
    assertThat(text("keys emergency root vault://x")).contains("at the terminal only");
    assertThat(say(operator, "keys rotate root vault://x").reply().text())
        .doesNotContain("at the terminal only");
    assertThat(say(operator, "keys rotate workspace").reply().text()).contains("Say which");
  }

  @Test
  void asksBackBeforeAnEmergencyAndTakesOneYesOnce() {
    Done asked = say(ADMIN, "keys emergency data");
    assertThat(asked.reply().text()).contains("Emergency: data", "Confirm within 5 minutes");
    assertThat(yes(asked)).hasSizeLessThan(90);

    assertThat(text(yes(asked))).startsWith("Replaced:");
    assertThat(text(yes(asked))).startsWith("This confirmation was used or has expired");
  }

  @Test
  void aYesOfSomebodyElseDoesNothingAndTakesNothingAway() {
    Done asked = say(ADMIN, "keys emergency data");

    assertThat(say(NOBODY, yes(asked)).reply().text()).isEqualTo(REFUSED);
    assertThat(say(OTHER_ADMIN, yes(asked)).reply().text()).isEqualTo(KeyReport.NOT_ASKED);
    assertThat(heard).isEmpty();

    assertThat(text(yes(asked))).startsWith("Replaced:");
  }

  @Test
  void aYesThatComesTooLateOrAfterARestartIsOneLine() {
    Done asked = say(ADMIN, "keys emergency data");
    clock.advance(Confirmations.LIFE);
    assertThat(text(yes(asked))).startsWith("This confirmation was used or has expired");

    Done again = say(ADMIN, "keys emergency data");
    context.close();
    context = open("");
    assertThat(text(yes(again))).startsWith("This confirmation was used or has expired");
    assertThat(heard).isEmpty();
  }

  @Test
  void aDryRunOffersNothingToConfirm() {
    for (String line : List.of("keys emergency data dry-run", "keys emergency --dry-run data")) {
      Done done = say(ADMIN, line);
      assertThat(done.reply().choices()).isEmpty();
      assertThat(done.reply().text()).contains("Emergency: data", "nothing was changed");
    }
  }

  @Test
  void theCatalogueNamesChoicesAndHidesWhatOnlyAButtonSays() {
    Group keys =
        context.getBean(Commands.class).groups().stream()
            .filter(it -> it.name().equals("keys"))
            .findFirst()
            .orElseThrow();

    assertThat(keys.verbs())
        .extracting(Verb::name)
        .containsExactly("status", "rotate", "progress", "retire", "inventory", "emergency");
    assertThat(keys.verbs().getLast().options().getFirst().choices()).contains("data", "root");
    assertThat(keys.verbs().getLast().options().getLast().isFlag()).isTrue();
    assertThat(text("help")).contains("keys emergency").doesNotContain("confirm");
    assertThat(text("keys confrim x")).doesNotContain("keys confirm");
  }
}
