package dev.sotto.sandbox.page;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.sotto.sandbox.side.Place;
import java.util.Map;
import java.util.Optional;

/** What a person does in the page; in JSON, {@code act} names the kind. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "act")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Act.Enter.class, name = "enter"),
  @JsonSubTypes.Type(value = Act.Say.class, name = "say"),
  @JsonSubTypes.Type(value = Act.Attach.class, name = "attach"),
  @JsonSubTypes.Type(value = Act.Command.class, name = "command"),
  @JsonSubTypes.Type(value = Act.Complete.class, name = "complete"),
  @JsonSubTypes.Type(value = Act.Press.class, name = "press"),
  @JsonSubTypes.Type(value = Act.Submit.class, name = "submit"),
  @JsonSubTypes.Type(value = Act.Edit.class, name = "edit"),
  @JsonSubTypes.Type(value = Act.Delete.class, name = "delete"),
  @JsonSubTypes.Type(value = Act.React.class, name = "react"),
  @JsonSubTypes.Type(value = Act.Disturb.class, name = "disturb")
})
sealed interface Act {

  /** The name of the platform on which it happens. */
  String side();

  record Enter(String side, String person, Place place) implements Act {}

  record Say(String side, String person, Place place, String text) implements Act {}

  /** A message with a file, whose bytes follow the act. */
  record Attach(String side, String person, Place place, String text, String name, String type)
      implements Act {}

  record Command(String side, String person, Place place, String line) implements Act {}

  /** Asks what could be typed next, and changes nothing. */
  record Complete(String side, String person, Place place, String line) implements Act {}

  record Press(String side, String person, String message, String action) implements Act {}

  record Submit(String side, String person, String modal, Map<String, String> values)
      implements Act {
    public Submit {
      values = Map.copyOf(values);
    }
  }

  record Edit(String side, String person, String message, String text) implements Act {}

  record Delete(String side, String person, String message) implements Act {}

  record React(String side, String person, String message, String emoji) implements Act {}

  /**
   * Makes something go wrong.
   *
   * @param route the HTTP calls that are meant; empty means any
   */
  record Disturb(String side, Trouble trouble, Optional<String> route, int times) implements Act {}

  /** What can go wrong at a press of a button. */
  enum Trouble {
    DROP,
    FREEZE,
    HOLD,
    RELEASE,
    REDELIVER,
    TOO_MANY,
    BROKEN,
    SLOW,
    UNANSWERED,
    CUT,
    NONE
  }
}
