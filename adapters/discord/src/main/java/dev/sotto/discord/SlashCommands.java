package dev.sotto.discord;

import dev.sotto.chat.CommandCatalogue;
import dev.sotto.chat.CommandCatalogue.Group;
import dev.sotto.chat.CommandCatalogue.Option;
import dev.sotto.chat.CommandCatalogue.Verb;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import java.util.stream.Stream;
import net.dv8tion.jda.api.JDA;
import net.dv8tion.jda.api.exceptions.ErrorResponseException;
import net.dv8tion.jda.api.interactions.InteractionContextType;
import net.dv8tion.jda.api.interactions.commands.Command;
import net.dv8tion.jda.api.interactions.commands.OptionType;
import net.dv8tion.jda.api.interactions.commands.build.Commands;
import net.dv8tion.jda.api.interactions.commands.build.OptionData;
import net.dv8tion.jda.api.interactions.commands.build.SlashCommandData;
import net.dv8tion.jda.api.interactions.commands.build.SubcommandData;
import net.dv8tion.jda.api.interactions.commands.build.SubcommandGroupData;
import net.dv8tion.jda.api.utils.data.DataObject;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The tree of commands as Discord's one native command {@code /sotto}. */
final class SlashCommands {
  private static final Logger LOG = LoggerFactory.getLogger(SlashCommands.class);
  private static final long FIRST_PAUSE_MILLIS = 2_000;
  private static final long LONGEST_PAUSE_MILLIS = 60_000;
  private static final String ROOT = "sotto";
  private static final int DESCRIPTION = 100;

  private final CommandCatalogue catalogue;

  SlashCommands(CommandCatalogue catalogue) {
    this.catalogue = catalogue;
  }

  /**
   * Tells Discord the commands, unless it has them as they are; tries again while Discord stumbles.
   * A failure is one log line.
   */
  void register(JDA jda, Lanes lanes) {
    long pause = FIRST_PAUSE_MILLIS;
    while (!registered(jda, pause > LONGEST_PAUSE_MILLIS) && lanes.pause(pause)) {
      pause *= 2;
    }
  }

  /** Whether there is nothing left to do. */
  private boolean registered(JDA jda, boolean lastAttempt) {
    SlashCommandData wanted = command();
    try {
      if (!same(jda.retrieveCommands().complete(), wanted)) {
        jda.updateCommands().addCommands(wanted).complete();
        LOG.info("Discord: commands registered");
      }
      return true;
    } catch (ErrorResponseException e) {
      boolean over = lastAttempt || !RestException.mayPass(e);
      if (over) {
        LOG.warn(
            "Discord: the commands could not be registered (code {}); the next start tries again",
            e.getErrorCode());
      }
      return over;
    } catch (RejectedExecutionException _) {
      // The session has ended; the next one registers.
      return true;
    }
  }

  private static boolean same(List<Command> existing, SlashCommandData wanted) {
    return existing.size() == 1
        && existing.getFirst().getType() == Command.Type.SLASH
        && json(SlashCommandData.fromCommand(existing.getFirst())).equals(json(wanted));
  }

  private static DataObject json(SlashCommandData command) {
    return DataObject.fromJson(command.toData().toJson());
  }

  SlashCommandData command() {
    SlashCommandData root =
        Commands.slash(ROOT, "Talk to the assistants and look after them")
            .setContexts(InteractionContextType.GUILD, InteractionContextType.BOT_DM);
    for (Group group : catalogue.groups()) {
      if (alone(group)) {
        root.addSubcommands(subcommand(group.verbs().getFirst()));
      } else {
        root.addSubcommandGroups(
            new SubcommandGroupData(group.name(), cut(group.description()))
                .addSubcommands(group.verbs().stream().map(SlashCommands::subcommand).toList()));
      }
    }
    return root;
  }

  private static boolean alone(Group group) {
    return group.verbs().size() == 1 && group.verbs().getFirst().name().equals(group.name());
  }

  private static SubcommandData subcommand(Verb verb) {
    return new SubcommandData(verb.name(), cut(verb.description()))
        .addOptions(verb.options().stream().map(SlashCommands::data).toList());
  }

  private static OptionData data(Option option) {
    OptionType type = option.isFlag() ? OptionType.BOOLEAN : OptionType.STRING;
    OptionData data =
        new OptionData(
            type, option.name(), cut(option.description()), option.required(), option.completed());
    if (!option.isFlag()) {
      option.choices().forEach(it -> data.addChoice(it, it));
    }
    return data;
  }

  private static String cut(String description) {
    return description.length() <= DESCRIPTION
        ? description
        : description.substring(0, DESCRIPTION - 1) + "…";
  }

  /**
   * The words after {@code /sotto}: those of the command, then its options in the catalogue's
   * order; of a flag its name.
   *
   * @param command Discord's full name, {@code sotto group verb}
   * @param value of an option by its name, when it was given
   */
  String line(String command, Function<String, Optional<String>> value) {
    List<String> words = new ArrayList<>(path(command));
    verb(command).stream()
        .flatMap(verb -> verb.options().stream())
        .flatMap(option -> word(option, value).stream())
        .map(SlashCommands::oneLine)
        .forEach(words::add);
    return String.join(" ", words);
  }

  private static Optional<String> word(Option option, Function<String, Optional<String>> value) {
    Optional<String> given = value.apply(option.name());
    return option.isFlag() ? given.filter(Boolean::parseBoolean).map(_ -> option.name()) : given;
  }

  private static String oneLine(String value) {
    return value.replaceAll("\\s+", " ").strip();
  }

  /** An option by the full name of its command and its own. */
  Optional<Option> option(String command, String name) {
    return verb(command)
        .flatMap(verb -> verb.options().stream().filter(o -> o.name().equals(name)).findFirst());
  }

  private Optional<Verb> verb(String command) {
    List<String> path = path(command);
    if (path.isEmpty()) {
      return Optional.empty();
    }
    return catalogue.groups().stream()
        .filter(group -> group.name().equals(path.getFirst()))
        .flatMap(group -> group.verbs().stream())
        .filter(verb -> verb.name().equals(path.getLast()))
        .findFirst();
  }

  private static List<String> path(String command) {
    return Stream.of(command.split(" ", -1)).skip(1).toList();
  }
}
