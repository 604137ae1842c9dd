package dev.sotto.sandbox.discord;

import dev.sotto.sandbox.side.View;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a person sees of the guild. */
final class Views {
  private final Guild guild;
  private final Interactions interactions;

  Views(Guild guild, Interactions interactions) {
    this.guild = guild;
    this.interactions = interactions;
  }

  View view(Account person) {
    Channel direct = guild.direct(person);
    List<View.Channel> channels =
        Stream.concat(guild.channels(Channel.Kind.TEXT), Stream.of(direct))
            .filter(channel -> guild.sees(person, channel))
            .map(channel -> channel(channel, person))
            .toList();
    return new View(
        Guild.NAME,
        person(person),
        guild.accounts().stream().map(Views::person).toList(),
        channels,
        interactions.form(person).map(Form::view));
  }

  static View.Person person(Account account) {
    return new View.Person(
        Shapes.text(account.id()), account.displayName(), account.administrator(), account.bot());
  }

  private View.Channel channel(Channel channel, Account person) {
    String name = channel.isDirect() ? guild.bot().displayName() : channel.name();
    List<View.Replies> threads =
        guild
            .threads()
            .filter(thread -> thread.parent().filter(channel::equals).isPresent())
            .filter(thread -> guild.sees(person, thread))
            .map(thread -> thread(thread, person))
            .toList();
    return new View.Channel(
        Shapes.text(channel.id()),
        name,
        channel.isDirect(),
        bubbles(channel, person),
        threads,
        status(channel),
        List.of());
  }

  private View.Replies thread(Channel thread, Account person) {
    return new View.Replies(
        Shapes.text(thread.id()),
        Optional.of(thread.name()),
        bubbles(thread, person),
        status(thread));
  }

  private Optional<String> status(Channel channel) {
    return channel.typing(guild.now()).stream()
        .filter(guild.bot()::equals)
        .findFirst()
        .map(bot -> bot.displayName() + " is typing…");
  }

  private List<View.Bubble> bubbles(Channel channel, Account person) {
    Stream<Message> open =
        channel.messages().stream()
            .filter(message -> message.origin().type() != Message.Type.THREAD_STARTER);
    return Stream.concat(open, guild.privateMessages(person, channel).stream())
        .sorted(Comparator.comparingLong(Message::id))
        .map(message -> bubble(message, person))
        .toList();
  }

  private static View.Bubble bubble(Message message, Account person) {
    Content content = message.content();
    return new View.Bubble(
        Shapes.text(message.id()),
        person(message.author()),
        Snowflakes.time(message.id()),
        text(content),
        message.edited().isPresent(),
        content.has(Content.LOADING),
        content.has(Content.EPHEMERAL),
        Pressable.of(message).stream().map(Views::button).toList(),
        message.reactions().entrySet().stream()
            .map(given ->
                new View.Reaction(
                    given.getKey(), given.getValue().size(), given.getValue().contains(person)))
            .toList(),
        content.attachments().stream().map(Views::file).toList());
  }

  private static String text(Content content) {
    String layout = Components.text(content.rich().components());
    return content.text().isEmpty() || layout.isEmpty()
        ? content.text() + layout
        : content.text() + "\n" + layout;
  }

  private static View.Button button(Pressable pressable) {
    return new View.Button(pressable.action(), pressable.label(), pressable.enabled());
  }

  private static View.File file(Attachment file) {
    return new View.File(
        Shapes.text(file.id()), file.filename(), file.contentType(), file.bytes().length);
  }
}
