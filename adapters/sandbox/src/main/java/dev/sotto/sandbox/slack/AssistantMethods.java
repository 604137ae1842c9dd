package dev.sotto.sandbox.slack;

import static dev.sotto.sandbox.slack.Method.bot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sotto.sandbox.side.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** {@code assistant.threads.*} and {@code agents.sessions.*}: what the bot is doing in a thread. */
final class AssistantMethods {
  private static final String SCOPE = "assistant:write";
  private static final int MOST_PROMPTS = 4;
  private static final int LONGEST_TITLE = 200;
  private static final Set<String> STATES = Set.of("active", "processing", "suspended", "closed");

  private final Workspace workspace;
  private final Events events;

  AssistantMethods(Workspace workspace, Events events) {
    this.workspace = workspace;
    this.events = events;
  }

  Stream<Method> all() {
    return Stream.of(
        bot("assistant.threads.setStatus", SCOPE, this::status),
        bot("assistant.threads.setTitle", SCOPE, this::title),
        bot("assistant.threads.setSuggestedPrompts", SCOPE, this::prompts),
        bot("agents.sessions.setStatus", SCOPE, this::state),
        bot("agents.sessions.rename", SCOPE, this::title));
  }

  private ObjectNode status(Args args) {
    Room room = workspace.room(args.required("channel_id"));
    room.session(thread(room, args), session -> session.doing(args.text("status")));
    events.shown();
    return Json.ok();
  }

  private ObjectNode state(Args args) {
    String state = args.required("status");
    if (!STATES.contains(state)) {
      throw new Refusal("invalid_status");
    }
    Room room = workspace.room(args.required("channel_id"));
    room.session(thread(room, args), session -> session.working(state.equals("processing")));
    args.text("title").ifPresent(_ -> title(args));
    events.shown();
    return Json.ok("agent_status", state);
  }

  private ObjectNode title(Args args) {
    Room room = workspace.room(args.required("channel_id"));
    String title = args.required("title");
    if (title.length() > LONGEST_TITLE) {
      throw new Refusal("title_too_long");
    }
    room.session(thread(room, args), session -> session.titled(title));
    events.shown();
    return Json.ok();
  }

  /** With a {@code thread_ts} nothing comes of it, and Slack says ok all the same. */
  private ObjectNode prompts(Args args) {
    Room room = workspace.room(args.required("channel_id"));
    List<View.Prompt> prompts = new ArrayList<>();
    for (JsonNode prompt : args.json("prompts").orElseThrow(() -> new Refusal("no_prompts"))) {
      prompts.add(new View.Prompt(prompt.path("title").asText(), prompt.path("message").asText()));
    }
    if (prompts.size() > MOST_PROMPTS) {
      throw new Refusal("too_many_prompts");
    }
    if (args.text("thread_ts").isEmpty()) {
      room.propose(prompts);
      events.shown();
    }
    return Json.ok();
  }

  private String thread(Room room, Args args) {
    return Optional.of(args.required("thread_ts"))
        .map(ts -> workspace.root(room, ts))
        .orElseThrow();
  }
}
