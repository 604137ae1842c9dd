package dev.sotto.bots;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sotto.sandbox.side.Place;
import dev.sotto.sandbox.side.Side;
import dev.sotto.sandbox.side.View;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What administrators see of the audit log from a chat, and others do not. */
class AuditEndToEndTest {
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
  void showsAdministratorsAloneWhoDidWhatOnBothPlatforms() {
    for (Side side : stage.world().sandbox().sides()) {
      String other = person(side, false);
      String admin = person(side, true);
      say(side, other, "keys rotate");
      assertThat(answer(side, other, "not allowed").text()).hasSizeLessThan(300);
      say(side, other, "audit tail");
      say(side, other, "audit verify");

      say(side, admin, "audit tail");

      View.Bubble tail = answer(side, admin, "`keys rotate data` refused");
      assertThat(tail.ephemeral()).isTrue();
      assertThat(tail.text())
          .contains("`%s:%s`".formatted(side.name().toLowerCase(java.util.Locale.ROOT), other));
      say(side, admin, "audit verify");
      assertThat(answer(side, admin, "The audit log verifies").ephemeral()).isTrue();
      say(side, admin, "audit export");
      assertThat(answer(side, admin, "bots/sotto audit export").ephemeral()).isTrue();
      assertThat(Stage.shown(side, other, side.channel("general")))
          .allMatch(it -> it.contains("not allowed"));
    }
  }

  private static String person(Side side, boolean admin) {
    return side.people().stream().filter(it -> it.admin() == admin).findFirst().orElseThrow().id();
  }

  private static void say(Side side, String person, String words) {
    side.command(person, Place.in(side.channel("general")), "/sotto " + words);
  }

  private static View.Bubble answer(Side side, String person, String part) {
    return Stage.answer(side, person, side.channel("general"), it -> it.contains(part));
  }
}
