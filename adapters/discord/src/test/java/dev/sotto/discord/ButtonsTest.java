package dev.sotto.discord;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sotto.chat.Reply.Choice;
import java.util.List;
import net.dv8tion.jda.api.utils.data.DataArray;
import org.junit.jupiter.api.Test;

class ButtonsTest {
  @Test
  void giveBackTheirValueEvenWithColons() {
    String value = "a:b:" + "x".repeat(86);
    DataArray row = Buttons.row(List.of(new Choice("A", value), new Choice("A", value)));

    DataArray buttons = row.getObject(0).getArray("components");
    String first = buttons.getObject(0).getString("custom_id");
    String second = buttons.getObject(1).getString("custom_id");
    assertThat(Buttons.value(first)).contains(value);
    assertThat(first).isNotEqualTo(second).hasSizeLessThanOrEqualTo(100);
  }

  @Test
  void areNotMadeWithoutChoicesAndOthersAreNotOurs() {
    assertThat(Buttons.row(List.of()).length()).isZero();
    assertThat(Buttons.value("something")).isEmpty();
    assertThat(Buttons.value("say:")).isEmpty();
  }
}
