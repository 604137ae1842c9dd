package dev.sotto.assistant;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The definition of an assistant, complete: what its file leaves out has its default. Sizes are
 * those of {@code docs/assistants.md}.
 *
 * @param version twelve hexadecimal digits that change with the file or a document it may quote
 * @param models {@code provider/name}, in the order in which they are asked; never empty
 * @param temperature how freely the model may choose, 0 to 2; empty leaves it to the model
 * @param instructions the system prompt; empty only for a quiz or a form
 * @param greeting what it says first; may be empty
 * @param prompts what it proposes to be asked, at most four
 * @param knowledge names of files beside the definition
 * @param questions of a quiz or a form, empty otherwise
 */
public record Assistant(
    String id,
    String version,
    String name,
    String description,
    Kind kind,
    List<String> models,
    Optional<Double> temperature,
    String instructions,
    String greeting,
    List<String> prompts,
    Memory memory,
    List<String> knowledge,
    List<Tool> tools,
    Limits limits,
    List<Binding> bindings,
    Guard guard,
    Access access,
    List<Question> questions) {

  public Assistant {
    models = List.copyOf(models);
    prompts = List.copyOf(prompts);
    knowledge = List.copyOf(knowledge);
    tools = List.copyOf(tools);
    bindings = List.copyOf(bindings);
    questions = List.copyOf(questions);
  }

  /** What an assistant does with a message: answers freely, or leads through its questions. */
  public enum Kind {
    CHAT,
    QUIZ,
    FORM
  }

  /**
   * What it remembers.
   *
   * @param window how many of the latest turns a model is shown
   * @param summary whether what falls out of the window is kept as a summary
   * @param retention how long a message is kept
   */
  public record Memory(Scope scope, int window, boolean summary, Facts facts, Duration retention) {}

  /** Whose conversation it is: one person's in a workspace, a thread's, or a whole channel's. */
  public enum Scope {
    PERSON,
    THREAD,
    CHANNEL
  }

  /** Whether it may note lasting facts about a person. */
  public enum Facts {
    NEVER,
    ASK,
    ALWAYS
  }

  /** A function that the model may ask for. */
  public record Tool(String name, Approval approval) {}

  /** Whether a person must say yes to a call; {@code AUTO} leaves it to the tool. */
  public enum Approval {
    AUTO,
    ALWAYS,
    NEVER
  }

  /** How much may be used: messages of one person, and tokens of everybody together. */
  public record Limits(Optional<Rate> messagesPerPerson, Optional<Rate> tokens) {}

  /** So many in a calendar period (UTC). */
  public record Rate(long amount, Period per) {
    @Override
    public String toString() {
      return amount + "/" + per.name().toLowerCase(Locale.ROOT);
    }
  }

  /** The period of a {@link Rate}. */
  public enum Period {
    MINUTE,
    HOUR,
    DAY,
    MONTH
  }

  /**
   * What must not get in or out.
   *
   * @param redact hidden from the model
   * @param links exact host names, in lower case, to which answers may link
   */
  public record Guard(Set<Redaction> redact, Set<String> links) {
    public Guard {
      redact = Set.copyOf(redact);
      links = Set.copyOf(links);
    }
  }

  /** A kind of personal data that is recognised by its form. */
  public enum Redaction {
    EMAIL,
    CARD,
    IBAN
  }

  /** Who may talk to it, and who may change it. */
  public record Access(List<Who> use, List<Who> edit) {
    public Access {
      use = List.copyOf(use);
      edit = List.copyOf(edit);
    }
  }

  @Override
  public String toString() {
    return "Assistant[" + id + " " + version + "]";
  }
}
