package dev.sotto.sandbox.discord;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sotto.sandbox.discord.RestCall.Answer;
import java.util.stream.Stream;

/** The commands of the application, for everywhere and for the guild. */
final class CommandRoutes {
  private static final String GLOBAL = "/applications/{application}/commands";
  private static final String LOCAL = "/applications/{application}/guilds/{guild}/commands";

  private final Guild guild;
  private final CommandBook global;
  private final CommandBook local;

  CommandRoutes(Guild guild) {
    this.guild = guild;
    global = new CommandBook(guild, true);
    local = new CommandBook(guild, false);
  }

  void addTo(Routes routes) {
    for (String path : new String[] {GLOBAL, LOCAL}) {
      routes
          .add("GET " + path, call -> Answer.ok(Json.array(book(call).all())))
          .add("PUT " + path, call -> Answer.ok(book(call).replace(call.body())))
          .add("POST " + path, call -> Answer.created(book(call).put(call.body())))
          .add("GET " + path + "/{command}", call -> Answer.ok(command(call)))
          .add("PATCH " + path + "/{command}", this::change)
          .add("DELETE " + path + "/{command}", this::remove);
    }
  }

  private Answer change(RestCall call) {
    return Answer.ok(book(call).change(command(call), call.body()));
  }

  private Answer remove(RestCall call) {
    book(call).remove(command(call));
    return Answer.NOTHING;
  }

  private ObjectNode command(RestCall call) {
    return book(call)
        .find(call.id("command"))
        .orElseThrow(() -> new ApiError(ApiError.Problem.UNKNOWN_COMMAND));
  }

  private CommandBook book(RestCall call) {
    if (call.id("application") != guild.application()) {
      throw new ApiError(ApiError.Problem.MISSING_ACCESS);
    }
    if (call.part("guild").isEmpty()) {
      return global;
    }
    if (call.id("guild") != guild.id()) {
      throw new ApiError(ApiError.Problem.MISSING_ACCESS);
    }
    return local;
  }

  /** The commands that a person finds in a channel. */
  Stream<ObjectNode> offered(Account person, Channel channel) {
    int context = channel.isDirect() ? 1 : 0;
    Stream<ObjectNode> everywhere =
        global
            .all()
            .filter(it -> it.path("contexts").valueStream().anyMatch(c -> c.asInt() == context));
    Stream<ObjectNode> here = channel.isDirect() ? Stream.empty() : local.all();
    return Stream.concat(here, everywhere).filter(command -> mayUse(person, channel, command));
  }

  /** Permissions gate commands in the guild only; 0 leaves them to administrators. */
  private boolean mayUse(Account person, Channel channel, ObjectNode command) {
    if (!guild.may(person, channel, Permission.USE_APPLICATION_COMMANDS)) {
      return false;
    }
    if (channel.isDirect() || !Json.has(command, "default_member_permissions")) {
      return true;
    }
    long needed = command.path("default_member_permissions").asLong();
    long has = guild.permissions(person, channel);
    return person.administrator() || (needed != 0 && (has & needed) == needed);
  }
}
