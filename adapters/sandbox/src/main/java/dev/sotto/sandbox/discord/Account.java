package dev.sotto.sandbox.discord;

/**
 * Somebody with an account: a person or a bot.
 *
 * @param username as Discord has it, lower case and unique
 * @param displayName as people read it
 * @param administrator whether the guild gave them the administrator role
 */
record Account(long id, String username, String displayName, boolean bot, boolean administrator) {

  String mention() {
    return "<@" + id + ">";
  }

  @Override
  public String toString() {
    return "Account";
  }
}
