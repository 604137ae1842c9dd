package dev.sotto.discord;

import dev.sotto.chat.Reply.Choice;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import net.dv8tion.jda.api.utils.data.DataArray;
import net.dv8tion.jda.api.utils.data.DataObject;

/** Choices as a row of buttons; a button's id carries its number, to be unique, and its value. */
final class Buttons {
  private static final String PREFIX = "say:";
  private static final int ROW = 1;
  private static final int BUTTON = 2;
  private static final int SECONDARY = 2;
  private static final int LABEL = 80;

  private Buttons() {}

  static DataArray row(List<Choice> choices) {
    if (choices.isEmpty()) {
      return DataArray.empty();
    }
    DataArray buttons = DataArray.empty();
    IntStream.range(0, choices.size()).forEach(i -> buttons.add(button(i, choices.get(i))));
    return DataArray.empty().add(DataObject.empty().put("type", ROW).put("components", buttons));
  }

  private static DataObject button(int index, Choice choice) {
    String label = choice.label();
    return DataObject.empty()
        .put("type", BUTTON)
        .put("style", SECONDARY)
        .put("label", label.length() <= LABEL ? label : label.substring(0, LABEL))
        .put("custom_id", PREFIX + index + ":" + choice.value());
  }

  /** The value in a button's id; empty when the button is not one of ours. */
  static Optional<String> value(String id) {
    int value = id.indexOf(':', PREFIX.length());
    return id.startsWith(PREFIX) && value > 0
        ? Optional.of(id.substring(value + 1))
        : Optional.empty();
  }
}
