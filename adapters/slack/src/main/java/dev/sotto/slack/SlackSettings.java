package dev.sotto.slack;

import dev.sotto.chat.Secret;
import java.net.URI;
import java.time.Duration;
import javax.net.ssl.X509TrustManager;

/**
 * How to reach a Slack workspace. Prints no token.
 *
 * @param apiUrl Slack's Web API, {@code https}, with or without the last slash
 * @param trust who may vouch for Slack, on both the Web API and the socket
 * @param timeout how long one call may go without an answer
 */
public record SlackSettings(
    Secret botToken, Secret appToken, URI apiUrl, X509TrustManager trust, Duration timeout) {
  /** Where Slack itself is. */
  public static final URI SLACK = URI.create("https://slack.com/api/");

  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  public SlackSettings(Secret botToken, Secret appToken, URI apiUrl, X509TrustManager trust) {
    this(botToken, appToken, apiUrl, trust, TIMEOUT);
  }

  @Override
  public String toString() {
    return "SlackSettings[tokens=[REDACTED], apiUrl=" + apiUrl + "]";
  }
}
