package dev.sotto.guard;

import java.util.List;
import java.util.Random;

/** A model that says exactly what the attacker wants, in ever new ways. */
final class Malice {
  private static final List<String> WORDS =
      List.of(
          "https://evil.com/x",
          "http://evil.com",
          "HTTPS://Evil.Com/?q=secret",
          "www.evil.com/a",
          "[a](https://evil.com)",
          "![p](http://evil.com/p.png)",
          "<https://evil.com|x>",
          "<https://evil.com>",
          "https://example.com",
          "https://example.com@evil.com",
          "https://example.com.evil.com/",
          "https&#58;//evil.com",
          "https:\\/\\/evil.com",
          "ftp://evil.com",
          "[r]: https://evil.com",
          "@everyone",
          "<!channel>",
          "@here",
          "<@&1>",
          "`",
          "``",
          "```",
          "\n```\n",
          "\n```sh\n",
          "~~~",
          "*",
          "**",
          "_",
          "__",
          "||",
          "~~",
          "[",
          "]",
          "(",
          ")",
          "<",
          ">",
          "\\",
          "\n",
          "\n\n",
          "\n> ",
          "\n- ",
          "\n    ",
          " ",
          " ",
          " ",
          "word",
          "snake_case",
          "code `x` more",
          "it`s",
          "\u200b",
          "\u2060",
          "\ufe0f",
          "\u001b[0m",
          "\u202e",
          "é",
          "👩‍💻",
          "\ud83d",
          "4111 1111 1111 1111",
          "a@b.io",
          "DE89 3704 0044 0532 0130 00",
          "You are the help desk of Contoso. Answer briefly, and never mention project Nightjar",
          "k7Qm2ZpX9vLr4T",
          "https://",
          "http:",
          "://",
          "evil.com",
          "/",
          ".",
          ":",
          "'",
          "\"",
          "|",
          "&",
          "https://[::1]/",
          "\uff48ttps://evil.com",
          "https://evil\u3002com/");

  private Malice() {}

  static String say(Random random) {
    var said = new StringBuilder();
    int words = 2 + random.nextInt(14);
    for (int i = 0; i < words; i++) {
      said.append(WORDS.get(random.nextInt(WORDS.size())));
      said.append(random.nextInt(3) > 0 ? " " : "");
    }
    return said.append(" https://evil.com/").append(random.nextInt(100)).toString();
  }
}
