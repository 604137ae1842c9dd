package dev.sotto.memory;

import dev.sotto.crypto.Alarms;
import dev.sotto.crypto.Anchors;
import dev.sotto.crypto.ChainHead;
import dev.sotto.crypto.IndexGuard;
import dev.sotto.crypto.Vault;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Memory with one defence taken out, so that a test can see its attack succeed. */
final class Undefended {
  static final String PROVES_NOTHING = "proves-nothing";
  static final String ANCHORS_NOTHING = "anchors-nothing";
  static final String BELIEVES_HEADS = "believes-heads";
  static final String CHAINS_AGAIN = "chains-again";

  private Undefended() {}

  static Mind without(String... defences) {
    Map<String, Object> properties = new HashMap<>();
    for (String it : List.of(defences)) {
      properties.put("twin", it);
      properties.put("twins." + it, true);
    }
    return new Mind(properties);
  }

  @Singleton
  @Replaces(Windows.class)
  @Requires(property = "twins." + PROVES_NOTHING)
  static class ProvesNothing extends Windows {
    ProvesNothing(Heads heads, MessageRows messages, LinkRows links, Provider<Windows> self) {
      super(heads, messages, links, self);
    }

    @Override
    Window prove(Held held, List<MessageRow> read, int most) {
      return new Window(read.stream().limit(most).toList(), held.head().floor(), true);
    }
  }

  @Singleton
  @Replaces(Heads.class)
  @Requires(property = "twins." + BELIEVES_HEADS)
  static class BelievesHeads extends Heads {
    BelievesHeads(
        Vault vault,
        ConversationRows conversations,
        MessageRows messages,
        Anchors anchors,
        Alarms alarms,
        IndexGuard guard) {
      super(vault, conversations, messages, anchors, alarms, guard);
    }

    @Override
    boolean isOf(ConversationRow row, ChainHead head) {
      return true;
    }
  }
}
