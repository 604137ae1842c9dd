package dev.sotto.sandbox.discord;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Supplier;

/** Messages as JSON, as complete as Discord documents them. */
final class MessageShapes {
  private final Guild guild;
  private final Shapes shapes;
  private final Supplier<String> url;

  /**
   * @param url of this server, where attachments are fetched from
   */
  MessageShapes(Guild guild, Shapes shapes, Supplier<String> url) {
    this.guild = guild;
    this.shapes = shapes;
    this.url = url;
  }

  /**
   * A message as a bot may read it.
   *
   * @param allContent whether the bot may read messages that do not concern it
   */
  ObjectNode message(Message message, boolean allContent) {
    var shape = unreferenced(message, allContent);
    var origin = message.origin();
    origin
        .referenced()
        .ifPresent(referenced -> {
          shape.set("message_reference", reference(referenced));
          boolean there = referenced.channel().message(referenced.id()).isPresent();
          shape.set("referenced_message", there ? unreferenced(referenced, allContent) : null);
        });
    return shape;
  }

  /** A message as the Gateway tells it: with its guild and what its author is there. */
  ObjectNode event(Message message, boolean allContent) {
    var shape = message(message, allContent);
    if (!message.channel().isDirect()) {
      shape.put("guild_id", Shapes.text(guild.id()));
      shape.set("member", shapes.membership(message.author()));
      shape.set("mentions", mentions(message.content(), true));
    }
    return shape.put("channel_type", message.channel().kind().number());
  }

  private ObjectNode unreferenced(Message message, boolean allContent) {
    boolean readable = allContent || message.channel().isDirect() || message.concerns(guild.bot());
    var content = message.content();
    var shape =
        Json.object()
            .put("id", Shapes.text(message.id()))
            .put("type", message.origin().type().number())
            .put("channel_id", Shapes.text(message.channel().id()))
            .put("content", readable ? content.text() : "")
            .put("timestamp", Snowflakes.time(message.id()).toString())
            .put("edited_timestamp", message.edited().map(Object::toString).orElse(null))
            .put("tts", false)
            .put("pinned", false)
            .put("flags", content.flags())
            .put("mention_everyone", content.mentions().everyone());
    shape.set("author", shapes.user(message.author()));
    shape.set("mentions", mentions(content, false));
    shape.putArray("mention_roles");
    shape.set("attachments", readable ? attachments(content) : Json.array());
    shape.set("embeds", readable ? content.rich().embeds() : Json.array());
    shape.set("components", readable ? content.rich().components() : Json.array());
    addWhatMayBeAbsent(message, shape);
    return shape;
  }

  private void addWhatMayBeAbsent(Message message, ObjectNode shape) {
    var origin = message.origin();
    if (!origin.nonce().isEmpty()) {
      shape.put("nonce", origin.nonce());
    }
    if (!message.reactions().isEmpty()) {
      shape.set("reactions", reactions(message));
    }
    if (message.channel().isThread()) {
      shape.put("position", message.channel().posted());
    }
    message.thread().ifPresent(thread -> shape.set("thread", shapes.channel(thread)));
    origin.interaction().ifPresent(interaction -> addInteraction(interaction, shape));
  }

  private void addInteraction(Interaction interaction, ObjectNode shape) {
    shape.put("application_id", Shapes.text(guild.application()));
    shape.put("webhook_id", Shapes.text(guild.application()));
    var metadata = shape.putObject("interaction_metadata");
    metadata
        .put("id", Shapes.text(interaction.id()))
        .put("type", interaction.kind().number())
        .put("name", Json.text(interaction.data(), "name"));
    metadata.set("user", shapes.user(interaction.person()));
    metadata
        .putObject("authorizing_integration_owners")
        .put("0", interaction.channel().isDirect() ? "0" : Shapes.text(guild.id()));
  }

  private ObjectNode reference(Message referenced) {
    var reference =
        Json.object()
            .put("type", 0)
            .put("message_id", Shapes.text(referenced.id()))
            .put("channel_id", Shapes.text(referenced.channel().id()));
    return referenced.channel().isDirect()
        ? reference
        : reference.put("guild_id", Shapes.text(guild.id()));
  }

  private ArrayNode mentions(Content content, boolean withMembership) {
    return Json.array(
        content.mentions().accounts().stream()
            .map(account -> {
              var user = shapes.user(account);
              return withMembership
                  ? user.<ObjectNode>set("member", shapes.membership(account))
                  : user;
            }));
  }

  private ArrayNode attachments(Content content) {
    return Json.array(content.attachments().stream().map(this::attachment));
  }

  ObjectNode attachment(Attachment file) {
    var address = url.get() + file.path();
    return Json.object()
        .put("id", Shapes.text(file.id()))
        .put("filename", file.filename())
        .put("content_type", file.contentType())
        .put("size", file.bytes().length)
        .put("url", address)
        .put("proxy_url", address)
        .put("flags", 0);
  }

  private ArrayNode reactions(Message message) {
    var array = Json.array();
    message
        .reactions()
        .forEach((emoji, accounts) -> {
          var reaction =
              array
                  .addObject()
                  .put("count", accounts.size())
                  .put("me", accounts.contains(guild.bot()))
                  .put("me_burst", false);
          reaction.putObject("count_details").put("burst", 0).put("normal", accounts.size());
          reaction.putArray("burst_colors");
          reaction.set("emoji", emoji(emoji));
        });
    return array;
  }

  static ObjectNode emoji(String character) {
    return Json.object().put("name", character).putNull("id");
  }
}
