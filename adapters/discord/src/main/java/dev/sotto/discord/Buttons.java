package dev.sotto.discord;

import dev.sotto.chat.Reply.Choice;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import net.dv8tion.jda.api.utils.data.DataArray;
import net.dv8tion.jda.api.utils.data.DataObject;

/** Choices as a row of buttons; a button's id carries its number, to be unique, and its value. */
final class Buttons {
  private static final String SAY = "say:";
  private static final String COMMAND = "do:";
  private static final int ROW = 1;
  private static final int BUTTON = 2;
  private static final int SECONDARY = 2;
  private static final int LABEL = 80;

  private Buttons() {}

  /** Buttons that speak in the name of who presses them. */
  static DataArray row(List<Choice> choices) {
    return row(SAY, choices);
  }

  /** Buttons that command in the name of who presses them. */
  static DataArray commands(List<Choice> choices) {
    return row(COMMAND, choices);
  }

  private static DataArray row(String prefix, List<Choice> choices) {
    if (choices.isEmpty()) {
      return DataArray.empty();
    }
    DataArray buttons = DataArray.empty();
    IntStream.range(0, choices.size())
        .forEach(i -> buttons.add(button(prefix + i + ":", choices.get(i))));
    return DataArray.empty().add(DataObject.empty().put("type", ROW).put("components", buttons));
  }

  private static DataObject button(String id, Choice choice) {
    String label = choice.label();
    return DataObject.empty()
        .put("type", BUTTON)
        .put("style", SECONDARY)
        .put("label", label.length() <= LABEL ? label : label.substring(0, LABEL))
        .put("custom_id", id + choice.value());
  }

  /** What a button with this id says; empty when it is not one that speaks. */
  static Optional<String> value(String id) {
    return value(SAY, id);
  }

  /** What a button with this id commands; empty when it is not one that does. */
  static Optional<String> command(String id) {
    return value(COMMAND, id);
  }

  private static Optional<String> value(String prefix, String id) {
    int value = id.indexOf(':', prefix.length());
    return id.startsWith(prefix) && value > 0
        ? Optional.of(id.substring(value + 1))
        : Optional.empty();
  }
}
