package dev.sotto.sandbox.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The modals that are open, at most 3 on top of each other for a person, and the triggers that open
 * one. Thread-safe.
 */
final class Dialogs {
  private static final int DEEPEST = 3;
  private static final int MOST_BLOCKS = 100;
  private static final int LONGEST_TITLE = 24;

  private final Ids ids;
  private final SlackTiming timing;
  private final Recent<Trigger> triggers = new Recent<>(10_000);
  private final Map<String, Deque<Dialog>> stacks = new HashMap<>();

  Dialogs(Ids ids, SlackTiming timing) {
    this.ids = ids;
    this.timing = timing;
  }

  private record Trigger(String person, Instant until) {}

  /**
   * A modal.
   *
   * @param view as the app gave it, with Slack's ids
   */
  record Dialog(String id, String person, ObjectNode view) {
    @Override
    public String toString() {
      return "Dialog";
    }
  }

  /** Something a person did that lets the app open a modal for them, once and soon. */
  String trigger(String person) {
    String id = ids.make("") + "." + ids.make("");
    triggers.put(id, new Trigger(person, ids.now().plus(timing.triggerLife())));
    return id;
  }

  /** Uses up a trigger and opens a modal above those already there. */
  synchronized Dialog open(String triggerId, JsonNode given) {
    Trigger trigger = triggers.take(triggerId).orElseThrow(() -> new Refusal("invalid_trigger_id"));
    if (ids.now().isAfter(trigger.until())) {
      throw new Refusal("expired_trigger_id");
    }
    return push(trigger.person(), given);
  }

  synchronized Dialog push(String person, JsonNode given) {
    Deque<Dialog> stack = stacks.computeIfAbsent(person, _ -> new ArrayDeque<>());
    if (stack.size() == DEEPEST) {
      throw new Refusal("push_limit_reached");
    }
    Dialog dialog = dressed(ids.make("V"), person, given);
    stack.push(dialog);
    return dialog;
  }

  /** Replaces what a modal shows, unless it has changed since the hash was given. */
  synchronized Dialog update(String id, Optional<String> hash, JsonNode given) {
    Dialog old =
        stacks.values().stream()
            .flatMap(Deque::stream)
            .filter(dialog -> dialog.id().equals(id))
            .findFirst()
            .orElseThrow(() -> new Refusal("not_found"));
    if (hash.filter(known -> !known.equals(old.view().path("hash").asText())).isPresent()) {
      throw new Refusal("hash_conflict");
    }
    Dialog fresh = dressed(id, old.person(), given);
    Deque<Dialog> stack = stacks.getOrDefault(old.person(), new ArrayDeque<>());
    Deque<Dialog> replaced = new ArrayDeque<>();
    stack.forEach(dialog -> replaced.addLast(dialog.equals(old) ? fresh : dialog));
    stacks.put(old.person(), replaced);
    return fresh;
  }

  /** The modal that a person sees. */
  synchronized Optional<Dialog> top(String person) {
    return Optional.ofNullable(stacks.get(person)).map(Deque::peek);
  }

  synchronized void close(String person, boolean all) {
    Deque<Dialog> stack = stacks.getOrDefault(person, new ArrayDeque<>());
    if (all) {
      stack.clear();
    } else {
      stack.poll();
    }
  }

  /** A view as it is kept, after Slack's limits. */
  private Dialog dressed(String id, String person, JsonNode given) {
    String title = given.at("/title/text").asText();
    JsonNode blocks = given.path("blocks");
    if (!given.path("type").asText().equals("modal")
        || title.isEmpty()
        || title.length() > LONGEST_TITLE
        || !blocks.isArray()
        || blocks.size() > MOST_BLOCKS) {
      throw new Refusal("invalid_arguments");
    }
    return new Dialog(id, person, home(id, given));
  }

  /** A view with Slack's ids, of any type. */
  ObjectNode home(String id, JsonNode given) {
    ObjectNode view =
        Json.object(
            "id",
            id,
            "team_id",
            Team.ID,
            "app_id",
            Team.APP,
            "bot_id",
            Team.BOT_ID,
            "hash",
            ids.make(""),
            "root_view_id",
            id,
            "callback_id",
            "",
            "private_metadata",
            "",
            "state",
            Json.object("values", Json.object()));
    given.properties().forEach(field -> view.set(field.getKey(), field.getValue().deepCopy()));
    for (int i = 0; i < view.path("blocks").size(); i++) {
      if (view.path("blocks").get(i) instanceof ObjectNode block && !block.has("block_id")) {
        block.put("block_id", "b" + i);
      }
    }
    return view;
  }
}
