package dev.sotto.guard;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * By which rules an answer is released.
 *
 * @param linkHosts the exact hosts a link may lead to, without subdomains
 * @param citedTexts what the answer may quote: a link that stands in one of them word for word
 *     stays
 * @param instructions the assistant's instructions, which are not for repeating: a run of 40
 *     letters and digits in their order, whatever stands between them, is withheld but for its
 *     first 11 (shorter instructions from 20 on, when all of them are repeated)
 * @param redact what is kept out of the answer
 * @param canary a secret mark in the prompt that must never be seen, at least 8 letters and digits;
 *     also found reversed, in ROT13, hex and Base64
 */
public record ReleaseRules(
    Set<String> linkHosts,
    List<String> citedTexts,
    String instructions,
    Set<Redaction> redact,
    Optional<String> canary) {
  public ReleaseRules {
    linkHosts =
        linkHosts.stream()
            .map(host -> host.toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());
    citedTexts = List.copyOf(citedTexts);
    redact = Set.copyOf(redact);
  }

  @Override
  public String toString() {
    return "ReleaseRules[" + linkHosts.size() + " hosts, " + redact + "]";
  }
}
