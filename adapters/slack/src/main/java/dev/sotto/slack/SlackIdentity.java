package dev.sotto.slack;

/** Who the bot is, as Slack says. */
record SlackIdentity(String user, String team, String teamName) {
  @Override
  public String toString() {
    return "SlackIdentity";
  }
}
