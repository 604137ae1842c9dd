package dev.sotto.slack;

import com.google.gson.JsonObject;

/** Who the bot is, as Slack says. */
record SlackIdentity(String user, String team, String teamName) {

  /** From the answer to {@code auth.test}. */
  static SlackIdentity of(JsonObject answer) {
    return new SlackIdentity(
        SlackJson.text(answer, "user_id"),
        SlackJson.text(answer, "team_id"),
        SlackJson.text(answer, "team"));
  }

  @Override
  public String toString() {
    return "SlackIdentity";
  }
}
