package dev.sotto.bots;

import java.util.stream.Collectors;

/** Makes what is written for a chat readable in a terminal. */
final class TerminalAnswer {
  private TerminalAnswer() {}

  /** Without the marks of Markdown; the words stay as they are. */
  static String plain(String markdown) {
    return markdown
        .lines()
        .filter(it -> !it.equals("```"))
        .map(it -> it.replace("**", "").replace("`", ""))
        .map(it -> it.replaceAll("/sotto (?=keys|assistant|audit)", "bots/sotto "))
        .collect(Collectors.joining("\n"));
  }
}
