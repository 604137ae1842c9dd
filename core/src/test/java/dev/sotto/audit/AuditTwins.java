package dev.sotto.audit;

import dev.sotto.crypto.ChainKey;
import dev.sotto.crypto.ChainKeys;
import dev.sotto.crypto.ChainMac;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/** The check with one defence taken out, so that a test can see what it misses. */
final class AuditTwins {
  static final String CHECKS_NO_MAC = "checks-no-mac";
  static final String CHECKS_NO_ANCHOR = "checks-no-anchor";

  private AuditTwins() {}

  @Singleton
  @Replaces(Verifier.class)
  @Requires(property = "twin", value = CHECKS_NO_MAC)
  static final class WithoutMac extends Verifier {
    WithoutMac(EntryRows entries, LogEnd end, Scribe scribe, ChainKeys keys, Witness witness) {
      super(entries, end, scribe, keys, witness);
    }

    @Override
    Walk walk(IntFunction<Optional<ChainKey>> firstKeys, List<Position> anchors) {
      return new Walk(firstKeys, anchors) {
        @Override
        boolean verifies(AuditEntry entry, ChainKey current, ChainMac before) {
          return true;
        }
      };
    }
  }

  @Singleton
  @Replaces(Verifier.class)
  @Requires(property = "twin", value = CHECKS_NO_ANCHOR)
  static final class WithoutAnchor extends Verifier {
    WithoutAnchor(EntryRows entries, LogEnd end, Scribe scribe, ChainKeys keys, Witness witness) {
      super(entries, end, scribe, keys, witness);
    }

    @Override
    Walk walk(IntFunction<Optional<ChainKey>> firstKeys, List<Position> anchors) {
      return new Walk(firstKeys, anchors) {
        @Override
        boolean anchored(AuditEntry entry) {
          return true;
        }

        @Override
        void judgeAnchors(boolean anchored) {
          // This twin knows of none.
        }
      };
    }
  }
}
