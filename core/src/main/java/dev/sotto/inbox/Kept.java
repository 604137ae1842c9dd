package dev.sotto.inbox;

import dev.sotto.chat.ChatEvent;
import dev.sotto.chat.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a row of the inbox holds, sealed: the event, the answer once there is one, and which
 * messages of the platform already show it.
 */
record Kept(ChatEvent event, Optional<Reply> answer, List<String> shown) {
  Kept {
    shown = List.copyOf(shown);
  }

  static Kept of(ChatEvent event) {
    return new Kept(event, Optional.empty(), List.of());
  }

  Kept answeredWith(Reply reply) {
    return new Kept(event, Optional.of(reply), shown);
  }

  Kept alsoShown(String messageId) {
    List<String> more = new ArrayList<>(shown);
    more.add(messageId);
    return new Kept(event, answer, more);
  }

  @Override
  public String toString() {
    return "Kept[" + event + "]";
  }
}
