package dev.sotto.bots;

import dev.sotto.chat.Connection;
import dev.sotto.chat.ConnectionException;
import dev.sotto.chat.TrustedCertificates;
import dev.sotto.discord.DiscordConnection;
import dev.sotto.discord.DiscordSettings;
import dev.sotto.slack.SlackConnection;
import dev.sotto.slack.SlackSettings;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** The connections that the configuration asks for: one for each platform that has its tokens. */
@Singleton
final class Connections {
  private final Slack slack;
  private final Discord discord;
  private final TrustedCertificates trust;

  Connections(Slack slack, Discord discord, TrustedCertificates trust) {
    this.slack = slack;
    this.discord = discord;
    this.trust = trust;
  }

  /**
   * New connections, not connected yet.
   *
   * @throws ConnectionException one of a pair of tokens is missing, or an address is none
   */
  List<Connection> make() {
    List<Connection> made = new ArrayList<>();
    if (!slack.botToken().isBlank() || !slack.appToken().isBlank()) {
      made.add(new SlackConnection(slack.settings(trust)));
    }
    if (!discord.token().isBlank()) {
      made.add(new DiscordConnection(discord.settings(trust)));
    }
    return made;
  }

  private static URI address(String property, String value) {
    try {
      return URI.create(value.strip());
    } catch (IllegalArgumentException e) {
      throw new ConnectionException(property + " is not an address: it has to begin with https://");
    }
  }

  @Singleton
  record Slack(
      @Value("${sotto.slack.bot-token:}") String botToken,
      @Value("${sotto.slack.app-token:}") String appToken,
      @Value("${sotto.slack.api-url}") String apiUrl) {

    SlackSettings settings(TrustedCertificates trust) {
      if (botToken.isBlank() || appToken.isBlank()) {
        throw new ConnectionException(
            "Slack needs two tokens: "
                + (botToken.isBlank() ? "SLACK_BOT_TOKEN" : "SLACK_APP_TOKEN")
                + " is not set");
      }
      return new SlackSettings(
          botToken.strip(),
          appToken.strip(),
          address("SLACK_API_URL", apiUrl),
          trust.trustManager());
    }

    @Override
    public String toString() {
      return "Slack[REDACTED]";
    }
  }

  @Singleton
  record Discord(
      @Value("${sotto.discord.token:}") String token,
      @Value("${sotto.discord.api-url}") String apiUrl) {

    DiscordSettings settings(TrustedCertificates trust) {
      return new DiscordSettings(
          token.strip(), address("DISCORD_API_URL", apiUrl), trust.trustManager());
    }

    @Override
    public String toString() {
      return "Discord[REDACTED]";
    }
  }
}
