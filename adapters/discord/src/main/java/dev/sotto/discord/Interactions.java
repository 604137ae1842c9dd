package dev.sotto.discord;

import dev.sotto.chat.ChatEvent;
import dev.sotto.chat.CommandCatalogue;
import dev.sotto.chat.Person;
import java.util.List;
import java.util.Optional;
import net.dv8tion.jda.api.entities.ISnowflake;
import net.dv8tion.jda.api.events.GenericEvent;
import net.dv8tion.jda.api.events.interaction.command.CommandAutoCompleteInteractionEvent;
import net.dv8tion.jda.api.events.interaction.command.SlashCommandInteractionEvent;
import net.dv8tion.jda.api.events.interaction.component.ButtonInteractionEvent;
import net.dv8tion.jda.api.hooks.EventListener;
import net.dv8tion.jda.api.interactions.Interaction;
import net.dv8tion.jda.api.interactions.commands.OptionMapping;
import net.dv8tion.jda.api.requests.RestAction;

/**
 * Commands, presses of buttons, and what is proposed while a person types. Discord is told that
 * something was taken when it has been kept, and not before.
 */
final class Interactions implements EventListener {
  private static final int CHOICES = 25;
  private static final int CHOICE = 100;

  private final CommandCatalogue catalogue;
  private final SlashCommands commands;
  private final Intake intake;
  private final Lanes lanes;
  private final Places places;
  private final Acknowledgements acknowledgements;

  Interactions(
      CommandCatalogue catalogue,
      Intake intake,
      Lanes lanes,
      Places places,
      Acknowledgements acknowledgements) {
    this.catalogue = catalogue;
    this.commands = new SlashCommands(catalogue);
    this.intake = intake;
    this.lanes = lanes;
    this.places = places;
    this.acknowledgements = acknowledgements;
  }

  @Override
  public void onEvent(GenericEvent event) {
    switch (event) {
      case SlashCommandInteractionEvent slash -> inLane(slash, () -> commanded(slash));
      case ButtonInteractionEvent button -> inLane(button, () -> pressed(button));
      case CommandAutoCompleteInteractionEvent typed -> lanes.beside(() -> propose(typed));
      default -> {}
    }
  }

  private void inLane(Interaction interaction, Runnable job) {
    lanes.add(channel(interaction), job, () -> {});
  }

  private void commanded(SlashCommandInteractionEvent slash) {
    String line =
        commands.line(
            slash.getFullCommandName(),
            option -> Optional.ofNullable(slash.getOption(option)).map(OptionMapping::getAsString));
    keep(slash, line, slash.deferReply(true));
  }

  private void pressed(ButtonInteractionEvent button) {
    Optional<String> commanded = Buttons.command(button.getComponentId());
    if (commanded.isPresent()) {
      keep(button, commanded.get(), acknowledgementOf(button));
      return;
    }
    Optional<String> value = Buttons.value(button.getComponentId());
    boolean kept =
        value.isEmpty()
            || intake
                .keepNow(
                    DiscordTranslator.press(
                        button.getId(), place(button), person(button), value.get()))
                .isPresent();
    if (kept) {
      button.deferEdit().queue(_ -> {}, _ -> {});
    }
  }

  /** What only its person sees is replaced by what comes of it; else they get a message alone. */
  private static RestAction<?> acknowledgementOf(ButtonInteractionEvent button) {
    return button.getMessage().isEphemeral() ? button.deferEdit() : button.deferReply(true);
  }

  private void keep(Interaction interaction, String line, RestAction<?> acknowledgement) {
    String id = interaction.getId();
    ReplyToken token =
        ReplyToken.made(
            interaction.getJDA().getSelfUser().getApplicationId(),
            interaction.getToken(),
            DiscordTranslator.at(id));
    ChatEvent.Command command =
        DiscordTranslator.command(id, place(interaction), person(interaction), line, token);
    Runnable acknowledged = acknowledgements.expect(token);
    boolean kept = false;
    try {
      kept = intake.keepNow(command).isPresent();
    } finally {
      if (kept) {
        acknowledgement.queue(_ -> acknowledged.run(), _ -> acknowledged.run());
      } else {
        acknowledged.run();
      }
    }
  }

  private void propose(CommandAutoCompleteInteractionEvent typed) {
    List<String> proposals =
        commands
            .option(typed.getFullCommandName(), typed.getFocusedOption().getName())
            .map(option -> {
              Place place = place(typed);
              Person person = new Person(place.workspace(), person(typed));
              String text = typed.getFocusedOption().getValue();
              return catalogue.complete(place.address(), person, option, text);
            })
            .orElse(List.of());
    typed
        .replyChoiceStrings(
            proposals.stream()
                .filter(value -> !value.isEmpty() && value.length() <= CHOICE)
                .distinct()
                .limit(CHOICES)
                .toList())
        .queue(_ -> {}, _ -> {});
  }

  private Place place(Interaction interaction) {
    Optional<String> guild = Optional.ofNullable(interaction.getGuild()).map(ISnowflake::getId);
    return places.at(guild, channel(interaction));
  }

  private static String channel(Interaction interaction) {
    return Long.toUnsignedString(interaction.getChannelIdLong());
  }

  private static String person(Interaction interaction) {
    return interaction.getUser().getId();
  }
}
