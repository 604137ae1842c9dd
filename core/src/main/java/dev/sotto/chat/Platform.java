package dev.sotto.chat;

import java.util.Locale;

/** Where a bot is connected to. */
public enum Platform {
  SLACK,
  DISCORD,
  /** The operator's own terminal, for the same commands without a chat. */
  TERMINAL;

  /** The name in configuration and commands, in lower case. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
