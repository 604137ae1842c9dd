package dev.sotto.command;

import dev.sotto.chat.Address;
import dev.sotto.chat.CommandCatalogue.Option;
import dev.sotto.chat.Platform;
import dev.sotto.crypto.KeyTarget;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Whose keys are meant, in the words of a command.
 *
 * @param what one of {@link #CHOICES}
 * @param id further says which; empty where it was not said
 */
record KeyWords(String what, String id) {
  private static final String DATA = "data";

  static final List<String> CHOICES =
      List.of(DATA, "workspace", "scope", "workspace-keys", "root", "audit", "index");

  private static final Option ID =
      new Option(
          "id", "A workspace as slack:T123, a scope's id, a place for the root key", false, false);

  private static final Option WHAT =
      new Option("what", "Whose keys; all that seal data, if not said", false, false, CHOICES);

  private static final Option WHAT_EXACTLY =
      new Option("what", "Whose keys others know", true, false, CHOICES);

  private static final Option DRY_RUN =
      Option.flag("dry-run", "Only count the rows and estimate the time");

  static List<Leaf> leaves() {
    return List.of(
        Leaf.of("keys status", "How the keys are doing", _ -> new BotCommand.KeysStatus()),
        Leaf.of(
            "keys rotate",
            "Seal everything under new keys and destroy the old ones",
            words -> new BotCommand.KeysRotate(of(words)),
            WHAT,
            ID),
        Leaf.of("keys progress", "How far a rotation is", _ -> new BotCommand.KeysProgress()),
        Leaf.of(
            "keys retire",
            "Finish what was cut off and destroy keys that no row uses",
            _ -> new BotCommand.KeysRetire()),
        Leaf.of(
            "keys inventory",
            "All keys, by what they are and their state",
            _ -> new BotCommand.KeysInventory()),
        Leaf.of(
            "keys emergency",
            "Replace at once what others may know; asks back first",
            KeyWords::emergency,
            WHAT_EXACTLY,
            ID,
            DRY_RUN),
        Leaf.hidden(
            "keys confirm",
            words -> new BotCommand.KeysConfirm(words.getFirst()),
            new Option("once", "What the button carries", true, false)));
  }

  private static BotCommand emergency(List<String> words) {
    List<String> spoken = words.stream().filter(it -> !it.equals(DRY_RUN.name())).toList();
    return new BotCommand.KeysEmergency(of(spoken), spoken.size() < words.size());
  }

  private static KeyWords of(List<String> words) {
    return new KeyWords(
        words.isEmpty() ? DATA : words.getFirst(), words.size() < 2 ? "" : words.get(1));
  }

  /** What the words mean where they were said. */
  sealed interface Meaning {
    record Target(KeyTarget target) implements Meaning {}

    /** Says in a line why nothing is meant. */
    record None(String line) implements Meaning {}
  }

  Meaning meaning(Address here) {
    boolean terminal = here.workspace().platform() == Platform.TERMINAL;
    return switch (what) {
      case "workspace" -> workspace(here, terminal);
      case "scope" ->
          scope()
              .<Meaning>map(it -> new Meaning.Target(new KeyTarget.OneScope(it)))
              .orElseGet(() -> new Meaning.None("Say the id of the scope, a UUID, after `scope`."));
      case "workspace-keys" -> alone(new KeyTarget.WorkspaceKeys());
      case "root" ->
          id.isEmpty() || terminal
              ? new Meaning.Target(new KeyTarget.Root(Optional.of(id).filter(it -> !it.isEmpty())))
              : new Meaning.None(
                  "Another place for the root key can be named at the terminal only: "
                      + "`bots/sotto keys rotate root <place>`.");
      case "audit" -> alone(new KeyTarget.AuditKey());
      case "index" -> alone(new KeyTarget.IndexKey());
      default -> alone(new KeyTarget.All());
    };
  }

  private Meaning workspace(Address here, boolean terminal) {
    if (id.isEmpty() && terminal) {
      return new Meaning.None("Say which workspace, such as `slack:T123`, after `workspace`.");
    }
    String key = id.isEmpty() ? here.workspace().key() : id;
    return new Meaning.Target(new KeyTarget.Workspace(key));
  }

  private Meaning alone(KeyTarget target) {
    return id.isEmpty()
        ? new Meaning.Target(target)
        : new Meaning.None("Nothing can follow `%s`.".formatted(what));
  }

  private Optional<UUID> scope() {
    try {
      return Optional.of(UUID.fromString(id));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /** Without what was typed. */
  @Override
  public String toString() {
    return "KeyWords[" + what + "]";
  }
}
