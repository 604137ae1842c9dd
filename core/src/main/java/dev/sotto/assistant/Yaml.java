package dev.sotto.assistant;

import dev.sotto.assistant.Section.Place;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * Reads hostile YAML (1.2, core schema) into nodes with places. Nothing is constructed, and what
 * makes YAML dangerous is refused before a tree is built: aliases (they multiply), tags (they name
 * classes), depth (it overflows the stack).
 */
final class Yaml {
  static final int MOST_BYTES = 256 * 1024;
  static final int DEEPEST = 12;
  private static final LoadSettings SETTINGS =
      LoadSettings.builder()
          .setSchema(new CoreSchema())
          .setCodePointLimit(MOST_BYTES)
          .setMaxAliasesForCollections(0)
          .setAllowDuplicateKeys(true)
          .build();

  private Yaml() {}

  /** Why a text is not a definition, before its keys are looked at. */
  static final class RefusedException extends Exception {
    private static final long serialVersionUID = 1;
    private final transient Place at;

    RefusedException(Place at, String message) {
      super(message);
      this.at = at;
    }

    Place at() {
      return at;
    }
  }

  /** The one document in the text. */
  static Node read(String text) throws RefusedException {
    try {
      refuseDangers(text);
      return new Compose(SETTINGS)
          .composeString(text)
          .orElseThrow(() -> new RefusedException(new Place(1, 1), "the file is empty"));
    } catch (ReaderException unprintable) {
      String character = "U+%04X".formatted(unprintable.getCodePoint());
      throw new RefusedException(
          place(text, unprintable.getPosition()), "the character " + character + " is not allowed");
    } catch (MarkedYamlEngineException wrong) {
      String why = wrong.getProblem() == null ? wrong.getContext() : wrong.getProblem();
      throw new RefusedException(place(wrong.getProblemMark()), "not YAML: " + why);
    } catch (YamlEngineException wrong) {
      throw new RefusedException(new Place(1, 1), "not YAML");
    }
  }

  private static void refuseDangers(String text) throws RefusedException {
    int depth = 0;
    int documents = 0;
    for (Event event : new Parse(SETTINGS).parseString(text)) {
      Optional<String> refusal = danger(event);
      switch (event) {
        case CollectionStartEvent _ -> depth++;
        case CollectionEndEvent _ -> depth--;
        case DocumentStartEvent _ -> documents++;
        default -> {}
      }
      if (depth > DEEPEST) {
        refusal = Optional.of("nested deeper than " + DEEPEST + " levels");
      } else if (documents > 1) {
        refusal = Optional.of("a second document begins; one file holds one assistant");
      }
      if (refusal.isPresent()) {
        throw new RefusedException(place(event.getStartMark()), refusal.get());
      }
    }
  }

  private static Optional<String> danger(Event event) {
    return switch (event) {
      case AliasEvent _ -> Optional.of("aliases (*name) are not allowed; write the value out");
      case ScalarEvent scalar -> scalar.getTag().map(_ -> "tags (!name) are not allowed");
      case CollectionStartEvent start -> start.getTag().map(_ -> "tags (!name) are not allowed");
      default -> Optional.empty();
    };
  }

  static Place place(Optional<Mark> mark) {
    return mark.map(at -> new Place(at.getLine() + 1, at.getColumn() + 1))
        .orElseGet(() -> new Place(1, 1));
  }

  private static Place place(String text, int position) {
    String before = text.substring(0, Math.min(position, text.length()));
    int line = (int) before.chars().filter(character -> character == '\n').count() + 1;
    return new Place(line, before.length() - before.lastIndexOf('\n'));
  }
}
