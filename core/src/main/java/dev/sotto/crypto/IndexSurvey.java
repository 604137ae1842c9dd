package dev.sotto.crypto;

import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Counts blind indexes by the keys that permute them; changes nothing. */
@Singleton
final class IndexSurvey {
  /** Behind the name of a table whose blind indexes are counted, and not its sealed rows. */
  private static final String INDEXES = ", indexes";

  private final BlindIndexes blind;
  private final VersionRows versions;
  private final AllIndexRows rows;

  IndexSurvey(BlindIndexes blind, VersionRows versions, AllIndexRows rows) {
    this.blind = blind;
    this.versions = versions;
    this.rows = rows;
  }

  /** How many are still to be brought to the active key; nothing is counted while no other is. */
  long pending() {
    return blind
        .scope()
        .filter(scope -> !versions.replacedOf(scope.id()).isEmpty())
        .flatMap(scope ->
            versions.findByScopeIdAndState(scope.id(), KeyState.ACTIVE).stream().findFirst())
        .map(active -> rows.sum((store, column) -> store.countOthers(column, active.keyId())))
        .orElse(0L);
  }

  /** By the state of their key. */
  Map<KeyState, Long> byState() {
    Map<KeyState, Long> sums = new EnumMap<>(KeyState.class);
    blind
        .scope()
        .ifPresent(scope -> {
          for (KeyState state :
              List.of(KeyState.ACTIVE, KeyState.DECRYPT_ONLY, KeyState.COMPROMISED)) {
            for (VersionRow key : versions.findByScopeIdAndState(scope.id(), state)) {
              long count = rows.sum((store, column) -> store.countUnder(column, key.keyId()));
              sums.merge(state, count, Long::sum);
            }
          }
        });
    return sums;
  }

  /** By table, of those that have some. */
  SortedMap<String, Long> byTable() {
    SortedMap<String, Long> sums = new TreeMap<>();
    for (IndexColumn column : IndexColumn.values()) {
      long count = rows.of(column).count(column);
      if (count > 0) {
        sums.merge(column.table() + INDEXES, count, Long::sum);
      }
    }
    return sums;
  }
}
