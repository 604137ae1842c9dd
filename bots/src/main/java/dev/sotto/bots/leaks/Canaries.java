package dev.sotto.bots.leaks;

import java.security.SecureRandom;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Words that nobody else says, each by the place where it was said. Used by one thread. */
final class Canaries {
  private static final int LENGTH = 14;

  private final SecureRandom random = new SecureRandom();
  private final Map<String, String> placeOf = new LinkedHashMap<>();

  /** A new word, with letters that look different in each encoding. */
  String say(String place) {
    String letters =
        random
            .ints(LENGTH, 'a', 'z' + 1)
            .mapToObj(Character::toString)
            .collect(Collectors.joining());
    return tell(place, "Quÿ" + letters + "ß");
  }

  /** A word that is given, such as a token. */
  String tell(String place, String word) {
    placeOf.put(word, place);
    return word;
  }

  Collection<String> words() {
    return placeOf.keySet();
  }

  String place(String word) {
    return placeOf.getOrDefault(word, "unknown");
  }

  @Override
  public String toString() {
    return "Canaries[" + placeOf.size() + "]";
  }
}
