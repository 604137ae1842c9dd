package dev.sotto.crypto;

import java.time.Duration;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What an emergency rotation would do.
 *
 * @param rows how many rows of each table would be sealed again, or their indexes made anew
 * @param keys how many keys would be replaced
 * @param estimated how long that takes at the rate of the last rotation, or at that of a sample
 */
public record EmergencyPlan(SortedMap<String, Long> rows, long keys, Duration estimated) {
  public EmergencyPlan {
    rows = Collections.unmodifiableSortedMap(new TreeMap<>(rows));
  }
}
