package dev.sotto.sandbox.discord;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sotto.sandbox.discord.RestCall.Answer;
import java.util.List;
import java.util.Set;

/** Channels, direct conversations and threads over REST. */
final class ChannelRoutes {
  private static final Set<Integer> ARCHIVE_MINUTES = Set.of(60, 1_440, 4_320, 10_080);
  private static final int MOST_NAME = 100;
  private static final int MOST_LISTED = 100;

  private final Guild guild;
  private final Shapes shapes;
  private final Access access;
  private final Talk talk;

  ChannelRoutes(Guild guild, Shapes shapes, Access access, Talk talk) {
    this.guild = guild;
    this.shapes = shapes;
    this.access = access;
    this.talk = talk;
  }

  void addTo(Routes routes) {
    routes
        .add("POST /users/@me/channels", this::direct)
        .add("GET /channels/{channel}", call -> Answer.ok(shapes.channel(access.channel(call))))
        .add("PATCH /channels/{channel}", this::change)
        .add("DELETE /channels/{channel}", this::close)
        .add("POST /channels/{channel}/typing", this::typing)
        .add("POST /channels/{channel}/messages/{message}/threads", this::threadFromMessage)
        .add("POST /channels/{channel}/threads", this::thread)
        .add("GET /channels/{channel}/threads/archived/public", this::archived)
        .add("GET /channels/{channel}/thread-members", this::members)
        .add("GET /channels/{channel}/thread-members/{user}", this::member)
        .add("PUT /channels/{channel}/thread-members/{user}", this::join)
        .add("DELETE /channels/{channel}/thread-members/{user}", this::leave);
  }

  private Answer direct(RestCall call) {
    Account person =
        Json.id(call.body().path("recipient_id"))
            .flatMap(guild::account)
            .filter(account -> !account.bot())
            .orElseThrow(
                () -> ApiError.invalid("recipient_id", "INVALID_RECIPIENT", "Unknown user."));
    return Answer.ok(shapes.channel(guild.direct(person)));
  }

  private Answer change(RestCall call) {
    Channel channel = access.channel(call);
    JsonNode body = call.body();
    if (!channel.isThread() || !channel.owner().equals(guild.bot())) {
      throw new ApiError(ApiError.Problem.MISSING_PERMISSIONS);
    }
    if (Json.has(body, "name")) {
      channel.rename(name(body));
    }
    channel.archiveAfter(minutes(body, channel.autoArchiveMinutes()));
    channel.archive(
        body.path("archived").asBoolean(channel.archived()),
        body.path("locked").asBoolean(channel.locked()));
    talk.changed(channel);
    return Answer.ok(shapes.channel(channel));
  }

  private static String name(JsonNode body) {
    String name = Json.text(body, "name").strip();
    ApiError.requireLength("name", name, 1, MOST_NAME);
    return name;
  }

  private static int minutes(JsonNode body, int otherwise) {
    int minutes = body.path("auto_archive_duration").asInt(otherwise);
    if (!ARCHIVE_MINUTES.contains(minutes)) {
      throw ApiError.invalid(
          "auto_archive_duration",
          "BASE_TYPE_CHOICES",
          "Value must be one of (60, 1440, 4320, 10080).");
    }
    return minutes;
  }

  /** A bot may close a direct conversation; it is not given the right to delete channels. */
  private Answer close(RestCall call) {
    Channel channel = access.channel(call);
    if (!channel.isDirect()) {
      throw new ApiError(ApiError.Problem.MISSING_PERMISSIONS);
    }
    return Answer.ok(shapes.channel(channel));
  }

  private Answer typing(RestCall call) {
    Channel channel = access.channel(call);
    access.requireToPost(channel);
    talk.typing(channel, guild.bot());
    return Answer.NOTHING;
  }

  private Answer threadFromMessage(RestCall call) {
    Channel channel = access.channel(call);
    requireTextChannel(channel);
    access.require(channel, Permission.CREATE_PUBLIC_THREADS);
    Message root = access.message(call);
    if (root.thread().isPresent() || guild.channel(root.id()).isPresent()) {
      throw new ApiError(ApiError.Problem.THREAD_EXISTS);
    }
    String name = name(call.body());
    int minutes = minutes(call.body(), 1_440);
    Channel thread = talk.openThread(root, name, guild.bot());
    thread.archiveAfter(minutes);
    return Answer.created(shapes.channel(thread));
  }

  private Answer thread(RestCall call) {
    Channel channel = access.channel(call);
    requireTextChannel(channel);
    boolean open = call.body().path("type").asInt(12) == Channel.Kind.PUBLIC_THREAD.number();
    access.require(
        channel, open ? Permission.CREATE_PUBLIC_THREADS : Permission.CREATE_PRIVATE_THREADS);
    String name = name(call.body());
    int minutes = minutes(call.body(), 1_440);
    Channel.Kind kind = open ? Channel.Kind.PUBLIC_THREAD : Channel.Kind.PRIVATE_THREAD;
    Channel thread = talk.openThread(channel, kind, name, guild.bot());
    thread.archiveAfter(minutes);
    return Answer.created(shapes.channel(thread));
  }

  private static void requireTextChannel(Channel channel) {
    if (channel.isDirect()) {
      throw new ApiError(ApiError.Problem.NOT_IN_DIRECT);
    }
    if (channel.isThread()) {
      throw new ApiError(ApiError.Problem.WRONG_KIND_OF_CHANNEL);
    }
  }

  private Answer archived(RestCall call) {
    Channel channel = access.channel(call);
    List<ObjectNode> threads =
        guild
            .threads()
            .filter(
                thread -> thread.archived() && thread.parent().filter(channel::equals).isPresent())
            .limit(MOST_LISTED)
            .map(shapes::channel)
            .toList();
    ObjectNode answer = Json.object().put("has_more", false);
    answer.set("threads", Json.array(threads.stream()));
    answer.putArray("members");
    return Answer.ok(answer);
  }

  private Channel threadOf(RestCall call) {
    Channel thread = access.channel(call);
    if (!thread.isThread()) {
      throw new ApiError(ApiError.Problem.WRONG_KIND_OF_CHANNEL);
    }
    return thread;
  }

  private Answer members(RestCall call) {
    Channel thread = threadOf(call);
    return Answer.ok(
        Json.array(
            List.copyOf(thread.members().keySet()).stream()
                .map(account -> shapes.threadMember(thread, account))));
  }

  private Answer member(RestCall call) {
    Channel thread = threadOf(call);
    Account account = access.account(call, ApiError.Problem.UNKNOWN_MEMBER);
    if (!thread.members().containsKey(account)) {
      throw new ApiError(ApiError.Problem.UNKNOWN_MEMBER);
    }
    return Answer.ok(shapes.threadMember(thread, account));
  }

  private Answer join(RestCall call) {
    Channel thread = threadOf(call);
    if (thread.archived()) {
      throw new ApiError(ApiError.Problem.THREAD_ARCHIVED);
    }
    talk.join(thread, access.account(call, ApiError.Problem.UNKNOWN_USER));
    return Answer.NOTHING;
  }

  private Answer leave(RestCall call) {
    talk.leave(threadOf(call), access.account(call, ApiError.Problem.UNKNOWN_USER));
    return Answer.NOTHING;
  }
}
