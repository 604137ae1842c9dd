package dev.sotto.sandbox.slack;

import java.util.Set;
import java.util.TreeSet;

/**
 * The app's two tokens and what they allow. A scope can be withdrawn, and so can both tokens.
 * Thread-safe.
 */
final class Grants {
  private final String botToken;
  private final String appToken;
  private final Set<String> scopes =
      new TreeSet<>(
          Set.of(
              "app_mentions:read",
              "assistant:write",
              "channels:history",
              "channels:read",
              "chat:write",
              "commands",
              "files:read",
              "files:write",
              "groups:history",
              "groups:read",
              "im:history",
              "im:read",
              "im:write",
              "mpim:history",
              "reactions:write",
              "users:read"));
  private boolean revoked;

  /** Which of the tokens a method takes. */
  enum Token {
    BOT,
    APP,
    EITHER
  }

  Grants(Ids ids) {
    botToken = "xoxb-1000000001-" + ids.secret();
    appToken = "xapp-1-" + Team.APP + "-" + ids.secret();
  }

  String botToken() {
    return botToken;
  }

  String appToken() {
    return appToken;
  }

  synchronized void revoke() {
    revoked = true;
  }

  synchronized void withdraw(String scope) {
    scopes.remove(scope);
  }

  synchronized String scopes() {
    return String.join(",", scopes);
  }

  /** Refuses a call whose token is not good for it. */
  synchronized void admit(String authorization, Token wanted) {
    if (authorization.isEmpty()) {
      throw new Refusal("not_authed");
    }
    boolean bot = authorization.equals("Bearer " + botToken);
    if (!bot && !authorization.equals("Bearer " + appToken)) {
      throw new Refusal("invalid_auth");
    }
    if (revoked) {
      throw new Refusal("token_revoked");
    }
    if (wanted != Token.EITHER && (wanted == Token.BOT) != bot) {
      throw new Refusal("not_allowed_token_type");
    }
  }

  /** Refuses a call for want of a scope; none is wanted when it is empty. */
  synchronized void require(String scope) {
    if (!scope.isEmpty() && !scopes.contains(scope)) {
      throw new Refusal("missing_scope", "needed", scope, "provided", scopes());
    }
  }
}
