package dev.sotto.sandbox.discord;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sotto.sandbox.side.Place;
import dev.sotto.sandbox.side.Upload;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What people do in the guild, as their own app would let them. Called with the monitor held. */
final class People {
  private static final int MOST_CHARACTERS = 4_000;
  private static final int MOST_THREAD_NAME = 40;

  private final Guild guild;
  private final Shapes shapes;
  private final Talk talk;
  private final MessageForm form;
  private final Interactions interactions;
  private final CommandRoutes commands;

  People(Guild guild, Shapes shapes, Talk talk, Interactions interactions, CommandRoutes commands) {
    this.guild = guild;
    this.shapes = shapes;
    this.talk = talk;
    this.interactions = interactions;
    this.commands = commands;
    form = new MessageForm(guild);
  }

  Account person(String id) {
    return Json.id(id).flatMap(guild::account).orElseThrow(() -> no("person"));
  }

  private static IllegalArgumentException no(String thing) {
    return new IllegalArgumentException("there is no such " + thing);
  }

  /**
   * The channel or thread of a place; a thread that is not yet there is opened from its message.
   */
  Channel channel(Account person, Place place) {
    Channel channel = channel(person, place.channel());
    return place
        .thread()
        .map(thread ->
            Json.id(thread)
                .flatMap(guild::channel)
                .filter(Channel::isThread)
                .orElseGet(() -> open(person, channel, thread)))
        .orElse(channel);
  }

  Channel channel(Account person, String id) {
    return Json.id(id)
        .flatMap(guild::channel)
        .filter(channel -> person.bot() || guild.sees(person, channel))
        .orElseThrow(() -> no("channel"));
  }

  private Channel open(Account person, Channel channel, String messageId) {
    Message root = Json.id(messageId).flatMap(channel::message).orElseThrow(() -> no("thread"));
    if (channel.isDirect() || channel.isThread()) {
      throw new IllegalArgumentException("no threads can be opened here");
    }
    String name = root.content().text().strip().replaceAll("<[@#][!&]?\\d+>\\s*", "");
    String brief = name.substring(0, Math.min(name.length(), MOST_THREAD_NAME)).strip();
    return talk.openThread(root, brief.isEmpty() ? "Thread" : brief, person);
  }

  Message say(Account person, Place place, String text, Optional<Upload> file) {
    Channel channel = channel(person, place);
    return post(person, channel, Message.Origin.plain(""), text, file);
  }

  Message reply(Account person, Message to, String text) {
    Message.Origin origin = Message.Origin.replyTo(to, "");
    return post(person, to.channel(), origin, text, Optional.empty());
  }

  private Message post(
      Account person, Channel channel, Message.Origin origin, String text, Optional<Upload> file) {
    String written = written(text);
    if ((written.isBlank() && file.isEmpty()) || written.length() > MOST_CHARACTERS) {
      throw new IllegalArgumentException("a message has between 1 and 4000 characters");
    }
    if (channel.locked()) {
      throw new IllegalArgumentException("the thread is locked");
    }
    List<Attachment> files = file.stream().map(upload -> form.attachment(upload, channel)).toList();
    Optional<Account> replied = origin.referenced().map(Message::author);
    Content content = Content.of(written, form.mentions(written, replied), files);
    return talk.post(channel, person, origin, content);
  }

  /** As the app writes it when a name is picked: {@code @name} becomes a mention. */
  private String written(String text) {
    Map<String, Account> named =
        guild.accounts().stream().collect(Collectors.toMap(Account::username, Function.identity()));
    String names = named.keySet().stream().map(Pattern::quote).collect(Collectors.joining("|"));
    return Pattern.compile("(?<!\\S)@(" + names + ")\\b", Pattern.CASE_INSENSITIVE)
        .matcher(text)
        .replaceAll(match ->
            Matcher.quoteReplacement(
                Optional.ofNullable(named.get(match.group(1).toLowerCase(Locale.ROOT)))
                    .map(Account::mention)
                    .orElse(match.group())));
  }

  /** A message that the person sees. */
  Message message(Account person, String id) {
    return Json.id(id).flatMap(it -> guild.visible(person, it)).orElseThrow(() -> no("message"));
  }

  private Message own(Account person, String id) {
    Message message = message(person, id);
    if (!message.author().equals(person)) {
      throw new IllegalArgumentException("the message is somebody else's");
    }
    return message;
  }

  void edit(Account person, String messageId, String text) {
    Message message = own(person, messageId);
    Content before = message.content();
    String written = written(text);
    Optional<Account> replied = message.origin().referenced().map(Message::author);
    talk.edit(
        message,
        new Content(
            written,
            before.flags(),
            form.mentions(written, replied),
            before.rich(),
            before.attachments()));
  }

  /** Own messages, those only the person sees, and any for an administrator. */
  void delete(Account person, String messageId) {
    Message message = message(person, messageId);
    boolean may = person.administrator() || message.content().has(Content.EPHEMERAL);
    talk.delete(may ? message : own(person, messageId));
  }

  void react(Account person, String messageId, String emoji) {
    Message message = message(person, messageId);
    if (message.reactions().getOrDefault(emoji, Set.of()).contains(person)) {
      talk.unreact(message, person, emoji);
    } else {
      talk.react(message, person, emoji);
    }
  }

  Interaction command(Account person, Place place, String line) {
    Channel channel = channel(person, place);
    CommandLine read =
        CommandLine.read(line, commands.offered(person, channel)).orElseThrow(() -> no("command"));
    return begin(Interaction.Kind.COMMAND, person, channel, read);
  }

  private Interaction begin(
      Interaction.Kind kind, Account person, Channel channel, CommandLine line) {
    OptionValues values = new OptionValues(guild, shapes);
    ObjectNode data = line.data(values, kind == Interaction.Kind.AUTOCOMPLETE);
    if (!values.resolved().isEmpty()) {
      data.set("resolved", values.resolved());
    }
    return interactions.begin(new Interaction.Act(kind, person, channel, Optional.empty(), data));
  }

  /** The lines that the app proposes by itself. */
  List<String> proposals(Account person, Place place, String line) {
    Channel channel = channel(person, place);
    return CommandLine.read(line, commands.offered(person, channel))
        .map(CommandLine::completions)
        .orElseGet(() ->
            commands
                .offered(person, channel)
                .map(command -> "/" + Json.text(command, "name"))
                .filter(name -> name.startsWith(line))
                .toList());
  }

  /** Asks the bot for proposals, if the person is typing in an option that has them from there. */
  Optional<Asked> ask(Account person, Place place, String line) {
    Channel channel = channel(person, place);
    return CommandLine.read(line, commands.offered(person, channel))
        .filter(read -> !read.isUnfinished())
        .filter(
            read -> read.focused().filter(it -> it.path("autocomplete").asBoolean()).isPresent())
        .map(read -> new Asked(read, begin(Interaction.Kind.AUTOCOMPLETE, person, channel, read)));
  }

  /** A question to the bot while a person types. */
  record Asked(CommandLine line, Interaction interaction) {
    /** The lines that the bot's answer makes. */
    List<String> lines(JsonNode callback) {
      String option = line.focused().map(it -> Json.text(it, "name")).orElse("");
      return line.finish(
          line.values().getOrDefault(option, ""),
          Json.each(callback.path("data"), "choices").map(choice -> Json.text(choice, "value")));
    }
  }

  Interaction press(Account person, String messageId, String action) {
    Message message = message(person, messageId);
    Pressable pressed =
        Pressable.of(message).stream()
            .filter(it -> it.action().equals(action) && it.enabled())
            .findFirst()
            .orElseThrow(() -> no("button"));
    return interactions.begin(
        new Interaction.Act(
            Interaction.Kind.COMPONENT,
            person,
            message.channel(),
            Optional.of(message),
            pressed.data()));
  }

  Interaction submit(Account person, String modal, Map<String, String> values) {
    Form open =
        interactions.form(person).filter(it -> it.id().equals(modal)).orElseThrow(() -> no("form"));
    Interaction opener = open.opener();
    ObjectNode data = open.submitted(values);
    interactions.closeForm(person);
    return interactions.begin(
        new Interaction.Act(
            Interaction.Kind.MODAL, person, opener.channel(), opener.source(), data));
  }

  /** The thread that the person may manage: their own, or any for an administrator. */
  Channel thread(Account person, String id) {
    Channel thread = channel(person, id);
    if (!thread.isThread() || !(person.administrator() || thread.owner().equals(person))) {
      throw new IllegalArgumentException("the person does not manage this thread");
    }
    return thread;
  }
}
