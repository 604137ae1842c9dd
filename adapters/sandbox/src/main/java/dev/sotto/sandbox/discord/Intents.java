package dev.sotto.sandbox.discord;

/** The bits with which a client says what it wants to hear; as Discord documents them. */
final class Intents {
  static final long ALWAYS = 0;
  static final long GUILDS = 1;
  static final long GUILD_MEMBERS = 1 << 1;
  static final long GUILD_PRESENCES = 1 << 8;
  static final long GUILD_MESSAGES = 1 << 9;
  static final long GUILD_REACTIONS = 1 << 10;
  static final long GUILD_TYPING = 1 << 11;
  static final long DIRECT_MESSAGES = 1 << 12;
  static final long DIRECT_REACTIONS = 1 << 13;
  static final long DIRECT_TYPING = 1 << 14;
  static final long MESSAGE_CONTENT = 1 << 15;

  private static final long KNOWN = 0xFFFF | 1L << 16 | 1L << 20 | 1L << 21 | 1L << 24 | 1L << 25;

  private Intents() {}

  static boolean unknown(long intents) {
    return (intents & ~KNOWN) != 0;
  }

  /** Whether these intents want a privilege that the application was not granted. */
  static boolean disallowed(long intents, boolean messageContent) {
    long privileged = GUILD_MEMBERS | GUILD_PRESENCES | (messageContent ? 0 : MESSAGE_CONTENT);
    return (intents & privileged) != 0;
  }
}
