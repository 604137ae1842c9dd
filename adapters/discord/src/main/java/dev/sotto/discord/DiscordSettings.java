package dev.sotto.discord;

import dev.sotto.chat.ConnectionException;
import dev.sotto.chat.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;
import javax.net.ssl.X509TrustManager;

/**
 * What the connection to Discord needs.
 *
 * @param token the bot's token, without {@code Bot} before it
 * @param apiUrl the base of Discord's API, with or without its last slash
 * @param trust who may vouch for Discord, on the API and on the gateway
 * @param timeout how long one call may go without an answer
 */
public record DiscordSettings(Secret token, URI apiUrl, X509TrustManager trust, Duration timeout) {
  /** Discord's own API. */
  public static final URI DISCORD = URI.create("https://discord.com/api/v10/");

  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]{1,256}");

  public DiscordSettings(Secret token, URI apiUrl, X509TrustManager trust) {
    this(token, apiUrl, trust, TIMEOUT);
  }

  /** The base of the API with its last slash. */
  String base() {
    String url = apiUrl.toString();
    return url.endsWith("/") ? url : url + "/";
  }

  void check() {
    if (!TOKEN.matcher(token.reveal()).matches()) {
      throw new ConnectionException(
          "Discord: the bot token is empty or has spaces; set DISCORD_TOKEN to the token alone");
    }
    String scheme = apiUrl.getScheme();
    if (scheme == null || !scheme.toLowerCase(Locale.ROOT).equals("https")) {
      throw new ConnectionException("Discord: DISCORD_API_URL must begin with https://");
    }
    if (apiUrl.getHost() == null) {
      throw new ConnectionException("Discord: DISCORD_API_URL names no host");
    }
  }

  @Override
  public String toString() {
    return "DiscordSettings[token=[REDACTED]]";
  }
}
