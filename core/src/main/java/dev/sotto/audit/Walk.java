package dev.sotto.audit;

import dev.sotto.crypto.ChainKey;
import dev.sotto.crypto.ChainMac;
import dev.sotto.crypto.IntegrityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/**
 * One check of a log, entry by entry in its order. What follows the first finding of a segment
 * cannot be judged, so it goes on with the next one. For one thread.
 */
class Walk {
  private final IntFunction<Optional<ChainKey>> firstKeys;
  private final Map<Place, Set<ChainMac>> anchors;
  private final List<String> findings = new ArrayList<>();
  private long entries;
  private Place place = new Place(0, 0);
  private ChainMac last = ChainMac.none();
  private Optional<ChainKey> key = Optional.empty();
  private boolean closed = true;

  Walk(IntFunction<Optional<ChainKey>> firstKeys, List<Position> anchors) {
    this.firstKeys = firstKeys;
    this.anchors =
        anchors.stream()
            .collect(
                Collectors.groupingBy(
                    Position::place, Collectors.mapping(Position::mac, Collectors.toSet())));
  }

  void take(AuditEntry entry) {
    enter(entry.place());
    entries++;
    Optional<String> wrong = key.flatMap(it -> wrong(entry, it));
    wrong.ifPresent(it -> fail(entry.place(), it));
    key = key.map(ChainKey::next);
    place = entry.place();
    last = entry.mac().orElse(last);
    closed = entry.note().action() == Action.SEGMENT_CLOSED;
  }

  /** Takes an entry that cannot be opened. */
  void takeUnreadable(Place unreadable, Optional<ChainMac> mac) {
    enter(unreadable);
    entries++;
    fail(unreadable, "does not open: changed, moved or put in from elsewhere");
    place = unreadable;
    last = mac.orElse(last);
  }

  /** Where it stands. */
  Place place() {
    return place;
  }

  void find(String finding) {
    findings.add(finding);
  }

  /**
   * What it came to.
   *
   * @param state where the log says that it stands
   * @param anchored whether there is an anchor now: an entry has one before it can be seen
   */
  Verification end(Optional<Position> state, boolean anchored) {
    Position end = new Position(place, last);
    if (!state.equals(Optional.of(end))) {
      find(
          "the log ends at %s, its state is %s"
              .formatted(place, state.map(it -> "of " + it.place()).orElse("gone or broken")));
    }
    judgeAnchors(anchored);
    return new Verification(entries, place, findings);
  }

  /** Finds an end that was cut off, and anchors that are gone. */
  void judgeAnchors(boolean anchored) {
    if (!anchored && entries > 0) {
      find(
          "its anchor is missing: the file that sotto.audit-anchor names, or audit.anchor beside the root key");
    }
    anchors.keySet().stream()
        .filter(it -> it.compareTo(place) > 0)
        .max(Place::compareTo)
        .ifPresent(it ->
            find(
                "the log ends at %s, but %s was anchored: its end was cut off, or an older state was put back"
                    .formatted(place, it)));
  }

  private void enter(Place next) {
    if (next.segment() == place.segment()) {
      return;
    }
    if (!closed) {
      find("segment %d: its end is missing".formatted(place.segment()));
    }
    if (next.segment() != place.segment() + 1) {
      find("segment %d: missing before segment %d".formatted(place.segment() + 1, next.segment()));
    }
    place = new Place(next.segment(), 0);
    closed = false;
    key = firstKey(next.segment());
  }

  private Optional<ChainKey> firstKey(int segment) {
    try {
      Optional<ChainKey> first = firstKeys.apply(segment);
      if (first.isEmpty()) {
        find("segment %d: its first key is missing".formatted(segment));
      }
      return first;
    } catch (IntegrityException e) {
      find("segment %d: its first key does not verify".formatted(segment));
      return Optional.empty();
    }
  }

  private Optional<String> wrong(AuditEntry entry, ChainKey current) {
    long expected = place.seq() + 1;
    if (entry.place().seq() != expected) {
      return Optional.of(
          "%d should stand here: something is missing or put in".formatted(expected));
    }
    if (closed) {
      return Optional.of("stands after the end of its segment");
    }
    if (entry.mac().isEmpty()) {
      return Optional.of("has no MAC");
    }
    if (!verifies(entry, current, last)) {
      return Optional.of("does not verify: changed, moved or forged");
    }
    return anchored(entry) ? Optional.empty() : Optional.of("is not the one that was anchored");
  }

  /** Whether the MAC is the one that its key gives it. */
  boolean verifies(AuditEntry entry, ChainKey current, ChainMac before) {
    return entry.mac().equals(Optional.of(current.mac(entry.canon(), before)));
  }

  /** Whether every anchor of its place has its MAC. */
  boolean anchored(AuditEntry entry) {
    return anchors.getOrDefault(entry.place(), Set.of()).stream()
        .allMatch(it -> entry.mac().equals(Optional.of(it)));
  }

  private void fail(Place where, String reason) {
    find("entry %s: %s".formatted(where, reason));
    key = Optional.empty();
  }
}
