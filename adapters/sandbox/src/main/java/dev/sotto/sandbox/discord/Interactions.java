package dev.sotto.sandbox.discord;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sotto.sandbox.side.Timer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeoutException;

/**
 * What people did and the bot has to answer: tells the bot, and tells the person when no
 * acknowledgement came within 3 seconds. Remembers the last 10,000, and one open form per person.
 */
final class Interactions {
  private static final int MOST = 10_000;

  private final Guild guild;
  private final Shapes shapes;
  private final MessageShapes messages;
  private final Talk talk;
  private final Timer timer;
  private final Map<Long, Interaction> byId = new LinkedHashMap<>();
  private final Map<String, Interaction> byToken = new LinkedHashMap<>();
  private final Map<Account, Form> forms = new LinkedHashMap<>();

  Interactions(Guild guild, Shapes shapes, MessageShapes messages, Talk talk, Timer timer) {
    this.guild = guild;
    this.shapes = shapes;
    this.messages = messages;
    this.talk = talk;
    this.timer = timer;
  }

  Optional<Interaction> byId(long id) {
    return Optional.ofNullable(byId.get(id));
  }

  Optional<Interaction> byToken(String token) {
    return Optional.ofNullable(byToken.get(token));
  }

  /** Tells the bot what a person did. */
  Interaction begin(Interaction.Act act) {
    String token = UUID.randomUUID() + "-" + UUID.randomUUID();
    Interaction interaction = new Interaction(guild.nextId(), token, act);
    byId.put(interaction.id(), interaction);
    byToken.put(token, interaction);
    if (byId.size() > MOST) {
      Interaction oldest = byId.values().iterator().next();
      byId.remove(oldest.id());
      byToken.remove(oldest.token());
    }
    timer.after(Interaction.TO_ACKNOWLEDGE, () -> giveUp(interaction));
    talk.interact(interaction, event(interaction));
    return interaction;
  }

  private void giveUp(Interaction interaction) {
    synchronized (guild) {
      boolean failed = interaction.acknowledgement().completeExceptionally(new TimeoutException());
      if (failed && interaction.kind() != Interaction.Kind.AUTOCOMPLETE) {
        Message.Origin origin =
            new Message.Origin(
                Message.Type.DEFAULT, Optional.empty(), Optional.of(interaction), "");
        String line =
            interaction.kind() == Interaction.Kind.COMMAND
                ? "The application did not respond"
                : "This interaction failed";
        Content content =
            Content.of(line, Content.Mentions.NONE, List.of()).with(Content.EPHEMERAL);
        talk.post(interaction.channel(), guild.bot(), origin, content);
      }
    }
  }

  Optional<Form> form(Account person) {
    return Optional.ofNullable(forms.get(person));
  }

  void open(Form form) {
    forms.put(form.opener().person(), form);
  }

  void closeForm(Account person) {
    forms.remove(person);
  }

  private ObjectNode event(Interaction interaction) {
    Channel channel = interaction.channel();
    ObjectNode event =
        Json.object()
            .put("id", Shapes.text(interaction.id()))
            .put("application_id", Shapes.text(guild.application()))
            .put("type", interaction.kind().number())
            .put("token", interaction.token())
            .put("version", 1)
            .put("locale", Shapes.LOCALE)
            .put("channel_id", Shapes.text(channel.id()))
            .put("context", channel.isDirect() ? 1 : 0)
            .put("app_permissions", Long.toString(guild.permissions(guild.bot(), channel)))
            .put("attachment_size_limit", 10 * 1024 * 1024);
    event.set("data", interaction.data());
    event.set("channel", shapes.channel(channel));
    event.putArray("entitlements");
    event.putArray("entitlement_sku_ids");
    String owner = channel.isDirect() ? "0" : Shapes.text(guild.id());
    event.putObject("authorizing_integration_owners").put("0", owner);
    addPerson(interaction, event);
    interaction.source().ifPresent(source -> event.set("message", messages.message(source, true)));
    return event;
  }

  private void addPerson(Interaction interaction, ObjectNode event) {
    Account person = interaction.person();
    Channel channel = interaction.channel();
    if (channel.isDirect()) {
      event.set("user", shapes.user(person));
      return;
    }
    ObjectNode member = shapes.member(person);
    member.put("permissions", Long.toString(guild.permissions(person, channel)));
    event.set("member", member);
    event.put("guild_id", Shapes.text(guild.id())).put("guild_locale", Shapes.LOCALE);
    event
        .putObject("guild")
        .put("id", Shapes.text(guild.id()))
        .put("locale", Shapes.LOCALE)
        .putArray("features");
  }
}
