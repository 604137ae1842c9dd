package dev.sotto.audit;

import java.util.List;

/**
 * What a check of the whole log came to. There are no warnings: a finding is a failure.
 *
 * @param entries that were looked at
 * @param end the last of them
 * @param findings what is wrong and where, one for each segment at most and some for the end; empty
 *     if nothing is
 */
public record Verification(long entries, Place end, List<String> findings) {
  public Verification {
    findings = List.copyOf(findings);
  }

  public boolean failed() {
    return !findings.isEmpty();
  }
}
