package dev.sotto.bots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sotto.sandbox.side.Place;
import dev.sotto.sandbox.side.Side;
import dev.sotto.sandbox.side.View;
import dev.sotto.sandbox.slack.SlackServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What administrators do with keys from a chat, and others do not. */
class KeysEndToEndTest {
  private static final List<String> VERBS =
      List.of(
          "status",
          "rotate",
          "progress",
          "retire",
          "inventory",
          "emergency data",
          "emergency data dry-run");

  @TempDir private Path folder;
  private Stage stage;

  @BeforeEach
  void start() throws IOException {
    stage = new Stage(folder, Map.of("sotto.default-assistant", "adviser", "grace", "2s"));
  }

  @AfterEach
  void stop() {
    stage.close();
  }

  private List<Side> sides() {
    return stage.world().sandbox().sides();
  }

  private static String person(Side side, boolean admin) {
    return side.people().stream().filter(it -> it.admin() == admin).findFirst().orElseThrow().id();
  }

  private static void say(Side side, String person, String words) {
    side.command(person, Place.in(side.channel("general")), "/sotto keys " + words);
  }

  private static View.Bubble answer(Side side, String person, String part) {
    return Stage.answer(side, person, side.channel("general"), it -> it.contains(part));
  }

  @Test
  void replacesAllKeysFromBothPlatformsWhilePeopleGoOnTalking() throws Exception {
    for (Side side : sides()) {
      String admin = person(side, true);
      String other = person(side, false);
      Stage.tell(side, other, "my name is Zbigniewa", it -> it.contains("Zbigniewa"));
      List<String> shown = new ArrayList<>();
      List<String> places = List.of(side.channel("general"), side.direct(admin));
      try (var _ = side.onChange(() -> note(side, admin, places, shown))) {
        say(side, admin, "rotate");
        say(side, admin, "progress");
        Stage.tell(side, other, "what is my name?", it -> it.contains("name is"));

        View.Bubble done = answer(side, admin, "Rotated:");

        assertThat(done.ephemeral()).isTrue();
        assertThat(done.text()).doesNotContain("still needed", "integrity");
      }
      Stage.answer(
          side,
          admin,
          side.channel("general"),
          it -> it.contains("**Rotation** of") || it.contains("No rotation is open"));
      assertThat(shown)
          .filteredOn(it -> it.startsWith("**Rotation**"))
          .isNotEmpty()
          .allSatisfy(it -> assertThat(it).containsAnyOf("begun", "%"));
      assertThat(shown).last().asString().startsWith("Rotated:");
      assertThat(Stage.shown(side, other, side.channel("general")))
          .noneMatch(it -> it.contains("otation"));
    }
  }

  /** What changes, where it was asked and in direct messages, without the other command. */
  private static synchronized void note(
      Side side, String admin, List<String> places, List<String> shown) {
    places.stream()
        .flatMap(it -> Stage.shown(side, admin, it).stream())
        .filter(it -> it.startsWith("**Rotation** ") || it.startsWith("Rotated:"))
        .filter(it -> !it.startsWith("**Rotation** of") && !shown.contains(it))
        .forEach(shown::add);
  }

  @Test
  void refusesEveryVerbToOthersInOneLineThatTheyAloneSee() {
    for (Side side : sides()) {
      String other = person(side, false);
      int refused = 0;
      for (String verb : VERBS) {
        say(side, other, verb);
        int expected = ++refused;
        await().until(() -> refusals(side, other).count() == expected);
      }

      assertThat(refusals(side, other)).allMatch(View.Bubble::ephemeral);
      assertThat(Stage.shown(side, other, side.channel("general")))
          .allMatch(it -> it.contains("not allowed") && it.length() < 300);
    }
  }

  private static Stream<View.Bubble> refusals(Side side, String person) {
    return Stage.answers(side, person, side.channel("general")).stream()
        .filter(it -> it.text().contains("not allowed: only administrators"));
  }

  @Test
  void replacesKeysInAnEmergencyAfterTheYesOfWhoAsked() {
    for (Side side : sides()) {
      String admin = person(side, true);
      say(side, admin, "emergency data dry-run");
      assertThat(answer(side, admin, "nothing was changed").buttons()).isEmpty();
      say(side, admin, "emergency data");
      View.Bubble question = answer(side, admin, "Confirm within");

      side.press(admin, question.id(), question.buttons().getFirst().action());

      assertThat(answer(side, admin, "Replaced:").ephemeral()).isTrue();
      assertThat(Stage.shown(side, admin, side.channel("general")))
          .noneMatch(it -> it.contains("Confirm within"));
    }
  }

  @Test
  void theYesOfAnotherAdministratorDoesNothingAndLeavesTheQuestionOpen() throws IOException {
    stage.close();
    String admins = "slack:" + SlackServer.MARIA + ",slack:" + SlackServer.TOM;
    Path two = Files.createDirectories(folder.resolve("two"));
    stage = new Stage(two, Map.of("sotto.access.admins", admins));
    SlackServer slack = stage.slack();
    say(slack, SlackServer.MARIA, "emergency data");
    View.Bubble question = answer(slack, SlackServer.MARIA, "Confirm within");

    say(slack, SlackServer.TOM, confirmation(slack));
    answer(slack, SlackServer.TOM, "not allowed: only the administrator who was asked");
    slack.press(SlackServer.MARIA, question.id(), question.buttons().getFirst().action());

    answer(slack, SlackServer.MARIA, "Replaced:");
    say(slack, SlackServer.MARIA, confirmation(slack));
    answer(slack, SlackServer.MARIA, "used or has expired");
  }

  /** What the button carries, as nobody sees it. */
  private static String confirmation(SlackServer slack) {
    Matcher matcher =
        Pattern.compile("keys (confirm [\\w-]+)")
            .matcher(slack.faults().calls("response_url").getFirst().field("body"));
    assertThat(matcher.find()).isTrue();
    return matcher.group(1);
  }
}
