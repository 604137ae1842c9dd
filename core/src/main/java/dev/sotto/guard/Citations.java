package dev.sotto.guard;

import java.util.List;

/** The texts an answer may quote, and whether a whole address stands in one of them. */
record Citations(List<String> texts) {
  private static final String SIGNS = "-._~:/?#@!$&*+=%\\{}^";
  private static final String CLOSING = ".,:;!?*_~";

  boolean hold(String address) {
    return texts.stream().anyMatch(text -> holds(text, address));
  }

  private static boolean holds(String text, String address) {
    for (int at = text.indexOf(address); at >= 0; at = text.indexOf(address, at + 1)) {
      if (begins(text, at) && ends(text, at + address.length())) {
        return true;
      }
    }
    return false;
  }

  private static boolean begins(String text, int at) {
    char before = at == 0 ? ' ' : text.charAt(at - 1);
    return !Character.isLetterOrDigit(before) && "-._@".indexOf(before) < 0;
  }

  /** Whether only the punctuation of its sentence follows. */
  private static boolean ends(String text, int end) {
    for (int i = end; i < text.length() && isOfAddress(text.charAt(i)); i++) {
      if (CLOSING.indexOf(text.charAt(i)) < 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean isOfAddress(char c) {
    return Character.isLetterOrDigit(c) || SIGNS.indexOf(c) >= 0;
  }

  @Override
  public String toString() {
    return "Citations[" + texts.size() + "]";
  }
}
