package dev.sotto.slack;

import dev.sotto.chat.ConnectionException;
import java.util.Set;

/** Tells what only the operator can mend from what passes by itself. */
final class SlackMend {
  private static final Set<String> BAD_TOKEN =
      Set.of(
          "invalid_auth",
          "not_authed",
          "account_inactive",
          "token_revoked",
          "token_expired",
          "not_allowed_token_type",
          "invalid_app",
          "org_login_required",
          "team_access_not_granted",
          "access_denied",
          "no_permission",
          "user_removed_from_team");

  private SlackMend() {}

  /** The failure itself, or the line that names the variable and the mend. */
  static RuntimeException of(String variable, SlackFailure failure) {
    String code = failure.code();
    boolean bot = variable.equals("SLACK_BOT_TOKEN");
    if (BAD_TOKEN.contains(code)) {
      return new ConnectionException(
          "Slack refused %s (%s): %s"
              .formatted(
                  variable,
                  code,
                  bot
                      ? "set it to the Bot User OAuth Token (xoxb-…) from OAuth & Permissions of the"
                          + " app"
                      : "make an app-level token (xapp-…) with the scope connections:write under"
                          + " Basic Information of the app"));
    }
    if (code.equals("missing_scope")) {
      return new ConnectionException(
          bot
              ? missing("chat:write")
              : "SLACK_APP_TOKEN lacks the scope connections:write (missing_scope): make an"
                  + " app-level token that has it under Basic Information of the app");
    }
    return failure;
  }

  static String missing(String scope) {
    return "SLACK_BOT_TOKEN lacks the scope "
        + scope
        + " (missing_scope): add it under OAuth & Permissions of the app and install the app again";
  }
}
