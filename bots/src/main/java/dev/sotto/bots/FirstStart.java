package dev.sotto.bots;

import dev.sotto.crypto.Keys;
import java.io.PrintStream;

/** What a person must know once: where the root key lies, and that it wants a backup. */
final class FirstStart {
  private static final String FILE = "file:";

  private FirstStart() {}

  static void tell(Keys keys, PrintStream out) {
    if (!keys.created()) {
      return;
    }
    String place = keys.rootKey();
    if (!place.startsWith(FILE)) {
      out.println("sotto: first start: the root key is " + place);
      out.println("sotto: without it nothing that is kept opens again: see that it stays");
      return;
    }
    String file = place.substring(FILE.length());
    out.println("sotto: first start: a root key was made, " + file);
    out.println("sotto: without it nothing that is kept opens again. Back it up now, apart from");
    out.println("sotto: the data: cp " + file + " /path/to/a/safe/place/");
  }
}
