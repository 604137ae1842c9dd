package dev.sotto.sandbox.discord;

import java.util.Collection;

/** What a role may do, as far as this server asks for it; bits as Discord documents them. */
public enum Permission {
  ADD_REACTIONS(6),
  VIEW_CHANNEL(10),
  SEND_MESSAGES(11),
  EMBED_LINKS(14),
  ATTACH_FILES(15),
  READ_MESSAGE_HISTORY(16),
  MENTION_EVERYONE(17),
  USE_APPLICATION_COMMANDS(31),
  CREATE_PUBLIC_THREADS(35),
  CREATE_PRIVATE_THREADS(36),
  SEND_MESSAGES_IN_THREADS(38);

  static final long ADMINISTRATOR = 1L << 3;

  private final int offset;

  Permission(int offset) {
    this.offset = offset;
  }

  long bit() {
    return 1L << offset;
  }

  static long bits(Collection<Permission> permissions) {
    return permissions.stream().mapToLong(Permission::bit).reduce(0, (a, b) -> a | b);
  }
}
