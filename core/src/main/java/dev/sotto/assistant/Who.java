package dev.sotto.assistant;

import dev.sotto.chat.Platform;

/** Some people, as {@code access} of an assistant names them. */
public sealed interface Who {

  /** {@code everyone} in the workspace. */
  record Everyone() implements Who {}

  /** {@code admins} of this installation. */
  record Admins() implements Who {}

  /** {@code role:it}: a Discord role or a Slack user group of that name. */
  record Role(String name) implements Who {
    @Override
    public String toString() {
      return "Role";
    }
  }

  /** {@code slack:U123} or {@code discord:456}: one person, by the platform's id. */
  record One(Platform platform, String id) implements Who {
    @Override
    public String toString() {
      return "One[" + platform.key() + "]";
    }
  }
}
