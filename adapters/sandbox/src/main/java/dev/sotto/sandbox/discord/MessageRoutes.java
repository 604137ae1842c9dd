package dev.sotto.sandbox.discord;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sotto.sandbox.discord.RestCall.Answer;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Messages and reactions over REST. */
final class MessageRoutes {
  private static final int MOST_NONCE = 25;
  private static final int MOST_LISTED = 100;
  private static final long USUALLY_LISTED = 50;

  private final Guild guild;
  private final MessageShapes shapes;
  private final MessageForm form;
  private final Access access;
  private final Talk talk;
  private final Nonces nonces = new Nonces();
  private final boolean allContent;

  MessageRoutes(Guild guild, MessageShapes shapes, Access access, Talk talk, Rules rules) {
    this.guild = guild;
    this.shapes = shapes;
    this.access = access;
    this.talk = talk;
    form = new MessageForm(guild);
    allContent = rules.messageContent();
  }

  void addTo(Routes routes) {
    routes
        .add("GET /channels/{channel}/messages", this::list)
        .add("POST /channels/{channel}/messages", this::post)
        .add("GET /channels/{channel}/messages/{message}", this::get)
        .add("PATCH /channels/{channel}/messages/{message}", this::edit)
        .add("DELETE /channels/{channel}/messages/{message}", this::delete)
        .add("PUT /channels/{channel}/messages/{message}/reactions/{emoji}/@me", this::react)
        .add("DELETE /channels/{channel}/messages/{message}/reactions/{emoji}/@me", this::unreact);
  }

  private Answer list(RestCall call) {
    Channel channel = access.channel(call);
    int limit = Json.id(call.query().getOrDefault("limit", "")).orElse(USUALLY_LISTED).intValue();
    if (limit < 1 || limit > MOST_LISTED) {
      throw ApiError.invalid("limit", "NUMBER_TYPE_MAX", "Must be between 1 and 100.");
    }
    if (!guild.may(guild.bot(), channel, Permission.READ_MESSAGE_HISTORY)) {
      return Answer.ok(Json.array());
    }
    return Answer.ok(
        Json.array(
            found(call, channel, limit).map(message -> shapes.message(message, allContent))));
  }

  private static Stream<Message> found(RestCall call, Channel channel, int limit) {
    Optional<Long> after = call.queryId("after");
    Optional<Long> around = call.queryId("around");
    if (around.isPresent()) {
      List<Message> newer = channel.after(around.get() - 1, Math.ceilDiv(limit, 2));
      List<Message> older = channel.before(around.get(), limit / 2);
      return Stream.concat(newer.stream(), older.stream());
    }
    return after
        .map(id -> channel.after(id, limit))
        .orElseGet(() -> channel.before(call.queryId("before").orElse(Long.MAX_VALUE), limit))
        .stream();
  }

  private Answer post(RestCall call) {
    Channel channel = access.channel(call);
    access.requireToPost(channel);
    if (!call.files().isEmpty()) {
      access.require(channel, Permission.ATTACH_FILES);
    }
    JsonNode body = call.body();
    String nonce = Json.text(body, "nonce");
    ApiError.requireLength("nonce", nonce, 0, MOST_NONCE);
    boolean enforced = body.path("enforce_nonce").asBoolean() && !nonce.isEmpty();
    Optional<Message> before = enforced ? nonces.made(nonce, guild.now()) : Optional.empty();
    Message message = before.orElseGet(() -> create(call, channel, nonce));
    if (enforced) {
      nonces.remember(nonce, message);
    }
    return Answer.ok(shapes.message(message, true));
  }

  private Message create(RestCall call, Channel channel, String nonce) {
    Optional<Message> replied = replied(call.body(), channel);
    Content content =
        form.created(
            new MessageForm.Sent(call.body(), call.files(), channel, replied.map(Message::author)));
    Message.Origin origin =
        replied
            .map(message -> Message.Origin.replyTo(message, nonce))
            .orElseGet(() -> Message.Origin.plain(nonce));
    return talk.post(channel, guild.bot(), origin, content);
  }

  /** The message that this one replies to; a missing one is an error unless the client says no. */
  private Optional<Message> replied(JsonNode body, Channel channel) {
    JsonNode reference = body.path("message_reference");
    if (!reference.isObject()) {
      return Optional.empty();
    }
    access.require(channel, Permission.READ_MESSAGE_HISTORY);
    Optional<Message> found = Json.id(reference.path("message_id")).flatMap(channel::message);
    if (found.isEmpty() && reference.path("fail_if_not_exists").asBoolean(true)) {
      throw ApiError.invalid("message_reference", "REPLIES_UNKNOWN_MESSAGE", "Unknown message");
    }
    return found;
  }

  private Answer get(RestCall call) {
    return Answer.ok(shapes.message(access.message(call), allContent));
  }

  private Answer edit(RestCall call) {
    Message message = access.message(call);
    if (!message.author().equals(guild.bot())) {
      throw new ApiError(ApiError.Problem.NOT_THE_AUTHOR);
    }
    if (message.channel().archived()) {
      throw new ApiError(ApiError.Problem.THREAD_ARCHIVED);
    }
    Optional<Account> replied = message.origin().referenced().map(Message::author);
    talk.edit(
        message,
        form.edited(
            message.content(),
            new MessageForm.Sent(call.body(), call.files(), message.channel(), replied)));
    return Answer.ok(shapes.message(message, true));
  }

  private Answer delete(RestCall call) {
    Message message = access.message(call);
    if (!message.author().equals(guild.bot())) {
      throw new ApiError(
          message.channel().isDirect()
              ? ApiError.Problem.NOT_IN_DIRECT
              : ApiError.Problem.MISSING_PERMISSIONS);
    }
    talk.delete(message);
    return Answer.NOTHING;
  }

  private Answer react(RestCall call) {
    Message message = access.message(call);
    access.require(message.channel(), Permission.ADD_REACTIONS);
    talk.react(message, guild.bot(), call.part("emoji"));
    return Answer.NOTHING;
  }

  private Answer unreact(RestCall call) {
    talk.unreact(access.message(call), guild.bot(), call.part("emoji"));
    return Answer.NOTHING;
  }
}
