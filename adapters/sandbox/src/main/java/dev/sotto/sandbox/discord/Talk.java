package dev.sotto.sandbox.discord;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Every way in which what people see changes. Each changes the state and then tells the Gateway, in
 * this order, whoever asked for it: a bot over REST or a person.
 */
final class Talk {
  private static final Duration TYPING = Duration.ofSeconds(10);

  private final Guild guild;
  private final Shapes shapes;
  private final MessageShapes messages;
  private final Dispatcher dispatcher;

  Talk(Guild guild, Shapes shapes, MessageShapes messages, Dispatcher dispatcher) {
    this.guild = guild;
    this.shapes = shapes;
    this.messages = messages;
    this.dispatcher = dispatcher;
  }

  /** Adds a message. One for a single person's eyes is kept apart and not told. */
  Message post(Channel channel, Account author, Message.Origin origin, Content content) {
    Message message = new Message(guild.nextId(), channel, author, origin, content);
    if (content.has(Content.EPHEMERAL)) {
      guild.keepPrivate(message);
      return message;
    }
    if (channel.isThread()) {
      wake(channel);
      join(channel, author);
    }
    channel.add(message);
    content.attachments().forEach(guild::keep);
    tell("MESSAGE_CREATE", message);
    return message;
  }

  private void wake(Channel thread) {
    if (thread.archived()) {
      thread.archive(false, false);
      changed(thread);
    }
  }

  void edit(Message message, Content content) {
    if (message.content().has(Content.LOADING)) {
      message.fill(content);
    } else {
      message.edit(content, guild.now());
    }
    content.attachments().forEach(guild::keep);
    if (!content.has(Content.EPHEMERAL)) {
      tell("MESSAGE_UPDATE", message);
    }
  }

  /** False if it was gone already. */
  boolean delete(Message message) {
    if (guild.removePrivate(message)) {
      return true;
    }
    boolean was = message.channel().remove(message);
    if (was) {
      ObjectNode event = place(message.channel()).put("id", Shapes.text(message.id()));
      tell("MESSAGE_DELETE", messageIntent(message.channel()), message.channel(), event);
    }
    return was;
  }

  void react(Message message, Account account, String emoji) {
    if (message.react(account, emoji)) {
      tellReaction("MESSAGE_REACTION_ADD", message, account, emoji);
    }
  }

  void unreact(Message message, Account account, String emoji) {
    if (message.unreact(account, emoji)) {
      tellReaction("MESSAGE_REACTION_REMOVE", message, account, emoji);
    }
  }

  private void tellReaction(String type, Message message, Account account, String emoji) {
    Channel channel = message.channel();
    ObjectNode event =
        place(channel)
            .put("user_id", Shapes.text(account.id()))
            .put("message_id", Shapes.text(message.id()))
            .put("message_author_id", Shapes.text(message.author().id()))
            .put("burst", false)
            .put("type", 0);
    event.set("emoji", MessageShapes.emoji(emoji));
    if (!channel.isDirect()) {
      event.set("member", shapes.member(account));
    }
    long intent = channel.isDirect() ? Intents.DIRECT_REACTIONS : Intents.GUILD_REACTIONS;
    tell(type, intent, channel, event);
  }

  /** Says that somebody is writing, for 10 seconds or until they have written. */
  void typing(Channel channel, Account account) {
    channel.typing(account, guild.now().plus(TYPING));
    if (account.bot()) {
      return;
    }
    ObjectNode event =
        place(channel)
            .put("user_id", Shapes.text(account.id()))
            .put("timestamp", guild.now().getEpochSecond());
    if (!channel.isDirect()) {
      event.set("member", shapes.member(account));
    }
    long intent = channel.isDirect() ? Intents.DIRECT_TYPING : Intents.GUILD_TYPING;
    tell("TYPING_START", intent, channel, event);
  }

  /** Opens a thread from a message, with the message's id. */
  Channel openThread(Message root, String name, Account by) {
    Channel parent = root.channel();
    Channel thread =
        guild.create(
            new Channel(root.id(), Channel.Kind.PUBLIC_THREAD, name, Optional.of(parent), by));
    root.opens(thread);
    begin(thread);
    tell("MESSAGE_UPDATE", root);
    Message.Origin origin =
        new Message.Origin(Message.Type.THREAD_STARTER, Optional.of(root), Optional.empty(), "");
    post(thread, root.author(), origin, Content.empty(0));
    return thread;
  }

  /** Opens a thread of its own; a public one is announced in its channel. */
  Channel openThread(Channel parent, Channel.Kind kind, String name, Account by) {
    Channel thread = guild.create(new Channel(guild.nextId(), kind, name, Optional.of(parent), by));
    begin(thread);
    if (kind == Channel.Kind.PUBLIC_THREAD) {
      Message.Origin origin =
          new Message.Origin(Message.Type.THREAD_CREATED, Optional.empty(), Optional.empty(), "");
      Content announcement = Content.of(name, Content.Mentions.NONE, List.of());
      post(parent, by, origin, announcement).opens(thread);
    }
    return thread;
  }

  private void begin(Channel thread) {
    thread.join(thread.owner(), guild.now());
    ObjectNode event = shapes.channel(thread).put("newly_created", true);
    tell("THREAD_CREATE", Intents.GUILDS, thread, event);
  }

  void join(Channel thread, Account account) {
    if (thread.join(account, guild.now()) && account.equals(guild.bot())) {
      tellMembers(thread, shapes.threadMember(thread, account), false);
    }
  }

  void leave(Channel thread, Account account) {
    if (thread.leave(account) && account.equals(guild.bot())) {
      tellMembers(thread, shapes.threadMember(thread, account), true);
    }
  }

  private void tellMembers(Channel thread, ObjectNode member, boolean left) {
    ObjectNode event =
        Json.object()
            .put("id", Shapes.text(thread.id()))
            .put("guild_id", Shapes.text(guild.id()))
            .put("member_count", thread.members().size());
    if (left) {
      event.putArray("removed_member_ids").add(Json.text(member, "user_id"));
    } else {
      member.set("member", shapes.member(guild.bot()));
      member.putNull("presence");
      event.putArray("added_members").add(member);
    }
    tell("THREAD_MEMBERS_UPDATE", Intents.GUILDS, thread, event);
  }

  /** Tells that a channel is not what it was. */
  void changed(Channel channel) {
    String type = channel.isThread() ? "THREAD_UPDATE" : "CHANNEL_UPDATE";
    dispatcher.dispatch(
        Dispatcher.Event.of(type, Intents.GUILDS, channel.isDirect(), shapes.channel(channel)));
  }

  /** Deletes a thread with all that was said in it. */
  void remove(Channel thread) {
    guild.remove(thread);
    ObjectNode event =
        Json.object()
            .put("id", Shapes.text(thread.id()))
            .put("guild_id", Shapes.text(guild.id()))
            .put("parent_id", thread.parent().map(parent -> Shapes.text(parent.id())).orElse(""))
            .put("type", thread.kind().number());
    tell("THREAD_DELETE", Intents.GUILDS, thread, event);
  }

  /** Tells the bot what a person did. */
  void interact(Interaction interaction, ObjectNode event) {
    dispatcher.dispatch(
        Dispatcher.Event.of(
            "INTERACTION_CREATE", Intents.ALWAYS, interaction.channel().isDirect(), event));
  }

  private ObjectNode place(Channel channel) {
    ObjectNode place = Json.object().put("channel_id", Shapes.text(channel.id()));
    return channel.isDirect() ? place : place.put("guild_id", Shapes.text(guild.id()));
  }

  private static long messageIntent(Channel channel) {
    return channel.isDirect() ? Intents.DIRECT_MESSAGES : Intents.GUILD_MESSAGES;
  }

  private void tell(String type, Message message) {
    Channel channel = message.channel();
    if (guild.sees(guild.bot(), channel)) {
      dispatcher.dispatch(
          new Dispatcher.Event(
              type,
              messageIntent(channel),
              channel.isDirect(),
              messages.event(message, true).toString(),
              () -> messages.event(message, false).toString()));
    }
  }

  private void tell(String type, long intent, Channel channel, ObjectNode event) {
    if (guild.sees(guild.bot(), channel)) {
      dispatcher.dispatch(Dispatcher.Event.of(type, intent, channel.isDirect(), event));
    }
  }
}
