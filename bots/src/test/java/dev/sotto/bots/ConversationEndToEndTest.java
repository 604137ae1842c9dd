package dev.sotto.bots;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sotto.sandbox.side.Place;
import dev.sotto.sandbox.side.Side;
import dev.sotto.sandbox.side.View;
import dev.sotto.sandbox.slack.SlackServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people live through, on both platforms. */
class ConversationEndToEndTest {
  @TempDir private Path folder;
  private Stage stage;

  @BeforeEach
  void start() throws IOException {
    stage = new Stage(folder, Map.of("sotto.default-assistant", "adviser"));
  }

  @AfterEach
  void stop() {
    stage.close();
  }

  @Test
  void remembersAcrossTurnsAndARestartOnSlack() throws IOException {
    remembers(stage.slack());
  }

  @Test
  void remembersAcrossTurnsAndARestartOnDiscord() throws IOException {
    remembers(stage.discord());
  }

  @Test
  void answersAMentionInItsThreadAndGoesOnThereWithoutOne() {
    SlackServer slack = stage.slack();
    String root =
        slack.say(SlackServer.TOM, Place.in(SlackServer.GENERAL), "@sotto my name is Tomasz");
    Stage.answer(slack, SlackServer.TOM, SlackServer.GENERAL, it -> it.contains("Tomasz"));

    slack.say(SlackServer.TOM, Place.in(SlackServer.GENERAL, root), "what is my name?");

    Stage.answer(
        slack, SlackServer.TOM, SlackServer.GENERAL, it -> it.matches("(?s).*name is.*Tomasz.*"));
    assertThat(slack.view(SlackServer.TOM).channel(SlackServer.GENERAL).thread(root)).isPresent();
  }

  @Test
  void neverTellsOnePersonWhatAnotherSaid() {
    Side slack = stage.slack();
    Stage.tell(
        slack, SlackServer.TOM, "my name is Quillfeather", it -> it.contains("Quillfeather"));

    Stage.tell(slack, SlackServer.PRIYA, "what is my name?", it -> !it.isBlank());

    assertThat(Stage.answers(slack, SlackServer.PRIYA, slack.direct(SlackServer.PRIYA)))
        .noneMatch(it -> it.text().contains("Quillfeather"));
  }

  /** Slack tells of a mention twice, as a message and as a mention, with two event ids. */
  @Test
  void answersAMentionThatIsDeliveredTwiceOnce() {
    SlackServer slack = stage.slack();
    slack.say(SlackServer.TOM, Place.in(SlackServer.GENERAL), "@sotto my name is Once");
    Stage.answer(slack, SlackServer.TOM, SlackServer.GENERAL, it -> it.contains("Once"));

    Stage.tell(slack, SlackServer.TOM, "my name is Twice", it -> it.contains("Twice"));

    assertThat(Stage.answers(slack, SlackServer.TOM, SlackServer.GENERAL))
        .filteredOn(it -> it.text().contains("Once"))
        .hasSize(1);
  }

  @Test
  void letsOnlyAdministratorsAtTheKeys() {
    SlackServer slack = stage.slack();
    String direct = slack.direct(SlackServer.TOM);

    slack.command(SlackServer.TOM, Place.in(direct), "/sotto keys status");
    slack.command(
        SlackServer.MARIA, Place.in(slack.direct(SlackServer.MARIA)), "/sotto keys status");

    View.Bubble refusal =
        Stage.answer(slack, SlackServer.TOM, direct, it -> it.contains("not allowed"));
    assertThat(refusal.ephemeral()).isTrue();
    Stage.answer(
        slack, SlackServer.MARIA, slack.direct(SlackServer.MARIA), it -> it.contains("Root key"));
  }

  private void remembers(Side side) throws IOException {
    String person = side.people().getFirst().id();
    Stage.tell(side, person, "my name is Zbigniewa", it -> it.contains("Zbigniewa"));

    stage.restart();

    side.say(person, Place.in(side.direct(person)), "what is my name?");
    Stage.answer(
        side, person, side.direct(person), it -> it.matches("(?s).*name is \\W*Zbigniewa.*"));
  }
}
