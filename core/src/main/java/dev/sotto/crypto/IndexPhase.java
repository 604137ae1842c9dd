package dev.sotto.crypto;

import java.util.List;
import java.util.Optional;

/**
 * How blind indexes stand in tables at present.
 *
 * @param all in which forms something may stand, the one that is written first
 * @param reserved in which form it is reserved before it is written, while others may write another
 */
record IndexPhase(List<Permutation> all, Optional<Permutation> reserved) {
  IndexPhase {
    all = List.copyOf(all);
  }

  BlindIndexes.Forms of(Fingerprint fingerprint) {
    return new BlindIndexes.Forms(
        all.stream().map(it -> it.apply(fingerprint)).toList(),
        reserved.map(it -> it.apply(fingerprint)));
  }

  /** The one under which an index stands, if it is among those that are in use. */
  Optional<Permutation> of(BlindIndex index) {
    return index.keyId().isEmpty()
        ? Optional.of(new Permutation.Plain())
        : all.stream()
            .filter(it ->
                it instanceof Permutation.Keyed keyed && index.keyId().getAsInt() == keyed.id())
            .findFirst();
  }
}
