package dev.sotto.sandbox.page;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sotto.sandbox.side.Side;
import dev.sotto.sandbox.side.View;
import java.util.List;

/** One platform as one person sees it, in JSON: of each place the last 200 messages. */
final class Shown {
  static final int MOST_BUBBLES = 200;

  private Shown() {}

  static ObjectNode of(Side side, String person) {
    ObjectNode shown = Json.object();
    shown.put("side", side.name());
    shown.put("sockets", side.sockets().open());
    shown.put("faults", side.faults().left());
    shown.set("view", Json.tree(recent(side.view(person))));
    return shown;
  }

  private static View recent(View view) {
    return new View(
        view.workspace(),
        view.person(),
        view.people(),
        view.channels().stream().map(Shown::recent).toList(),
        view.modal());
  }

  private static View.Channel recent(View.Channel channel) {
    return new View.Channel(
        channel.id(),
        channel.name(),
        channel.direct(),
        last(channel.bubbles()),
        last(channel.threads()).stream().map(Shown::recent).toList(),
        channel.status(),
        channel.prompts());
  }

  private static View.Replies recent(View.Replies thread) {
    return new View.Replies(thread.id(), thread.title(), last(thread.bubbles()), thread.status());
  }

  private static <T> List<T> last(List<T> all) {
    return all.subList(Math.max(0, all.size() - MOST_BUBBLES), all.size());
  }
}
