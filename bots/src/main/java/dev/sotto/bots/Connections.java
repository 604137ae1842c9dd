package dev.sotto.bots;

import dev.sotto.chat.Connection;
import dev.sotto.chat.ConnectionException;
import dev.sotto.chat.Secret;
import dev.sotto.chat.Shards;
import dev.sotto.chat.TrustedCertificates;
import dev.sotto.discord.DiscordConnection;
import dev.sotto.discord.DiscordSettings;
import dev.sotto.slack.SlackConnection;
import dev.sotto.slack.SlackSettings;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** The connections that the configuration asks for: one for each platform that has its tokens. */
@Singleton
final class Connections {
  private final Slack slack;
  private final Discord discord;
  private final Shards shards;
  private final TrustedCertificates trust;
  private final Clock clock;

  Connections(Slack slack, Discord discord, Shards shards, TrustedCertificates trust, Clock clock) {
    this.slack = slack;
    this.discord = discord;
    this.shards = shards;
    this.trust = trust;
    this.clock = clock;
  }

  /**
   * New connections, not connected yet.
   *
   * @throws ConnectionException one of a pair of tokens is missing, or an address is none
   */
  List<Connection> make() {
    List<Connection> made = new ArrayList<>();
    if (slack.isMeant()) {
      made.add(new SlackConnection(slack.settings(trust), clock));
    }
    if (discord.token.present()) {
      made.add(new DiscordConnection(discord.settings(trust), shards, clock));
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
  static final class Slack {
    private final Secret botToken;
    private final Secret appToken;
    private final String apiUrl;

    Slack(
        @Value("${sotto.slack.bot-token:}") String botToken,
        @Value("${sotto.slack.app-token:}") String appToken,
        @Value("${sotto.slack.api-url}") String apiUrl) {
      this.botToken = Secret.of(botToken);
      this.appToken = Secret.of(appToken);
      this.apiUrl = apiUrl;
    }

    boolean isMeant() {
      return botToken.present() || appToken.present();
    }

    SlackSettings settings(TrustedCertificates trust) {
      if (!botToken.present() || !appToken.present()) {
        throw new ConnectionException(
            "Slack needs two tokens: "
                + (!botToken.present() ? "SLACK_BOT_TOKEN" : "SLACK_APP_TOKEN")
                + " is not set");
      }
      return new SlackSettings(
          botToken, appToken, address("SLACK_API_URL", apiUrl), trust.trustManager());
    }
  }

  @Singleton
  static final class Discord {
    private final Secret token;
    private final String apiUrl;

    Discord(
        @Value("${sotto.discord.token:}") String token,
        @Value("${sotto.discord.api-url}") String apiUrl) {
      this.token = Secret.of(token);
      this.apiUrl = apiUrl;
    }

    DiscordSettings settings(TrustedCertificates trust) {
      return new DiscordSettings(token, address("DISCORD_API_URL", apiUrl), trust.trustManager());
    }
  }
}
