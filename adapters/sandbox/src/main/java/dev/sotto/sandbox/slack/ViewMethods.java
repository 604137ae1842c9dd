package dev.sotto.sandbox.slack;

import static dev.sotto.sandbox.slack.Method.bot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.stream.Stream;

/** {@code views.*}: modals. A home tab is accepted and shown to nobody. */
final class ViewMethods {
  private final Dialogs dialogs;
  private final Events events;
  private final Ids ids;

  ViewMethods(Dialogs dialogs, Events events, Ids ids) {
    this.dialogs = dialogs;
    this.events = events;
    this.ids = ids;
  }

  Stream<Method> all() {
    return Stream.of(
        bot("views.open", "", this::open),
        bot("views.push", "", this::open),
        bot("views.update", "", this::update),
        bot("views.publish", "", this::publish));
  }

  private ObjectNode open(Args args) {
    return shown(dialogs.open(args.required("trigger_id"), view(args)));
  }

  private ObjectNode update(Args args) {
    return shown(dialogs.update(args.required("view_id"), args.text("hash"), view(args)));
  }

  private ObjectNode publish(Args args) {
    Team.person(args.required("user_id"));
    return Json.ok("view", dialogs.home(ids.make("V"), view(args)));
  }

  private ObjectNode shown(Dialogs.Dialog dialog) {
    events.shown();
    return Json.ok("view", dialog.view());
  }

  private static JsonNode view(Args args) {
    return args.json("view").orElseThrow(() -> new Refusal("invalid_arguments"));
  }
}
