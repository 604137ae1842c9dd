package dev.sotto.chat;

/**
 * A Slack workspace or a Discord guild: the tenant. Everything kept belongs to exactly one.
 *
 * @param id the platform's id; for Discord direct messages, which belong to no guild, the bot's own
 *     application
 */
public record Workspace(Platform platform, String id) {

  /** The platform and the id in one word, unique in an installation. */
  public String key() {
    return platform.key() + ":" + id;
  }

  @Override
  public String toString() {
    return "Workspace[" + platform.key() + "]";
  }
}
