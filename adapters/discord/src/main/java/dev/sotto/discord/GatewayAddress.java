package dev.sotto.discord;

import dev.sotto.chat.ConnectionException;
import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import net.dv8tion.jda.api.exceptions.ParsingException;
import net.dv8tion.jda.api.requests.RestConfig;
import net.dv8tion.jda.api.utils.data.DataObject;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** Asks Discord where its gateway is, and checks the answer before anybody dials it. */
final class GatewayAddress {
  /** What an operator reads when the token is wrong. */
  static final String BAD_TOKEN =
      "Discord does not accept the bot token: set DISCORD_TOKEN to the one of the Developer Portal"
          + " (Bot, Reset Token)";

  private static final int UNAUTHORIZED = 401;
  private static final int LARGEST_ANSWER = 65_536;

  private final DiscordSettings settings;
  private final OkHttpClient http;
  private final DiscordTls tls;

  GatewayAddress(DiscordSettings settings, OkHttpClient http, DiscordTls tls) {
    this.settings = settings;
    this.http = http;
    this.tls = tls;
  }

  /**
   * The address, after a handshake with it.
   *
   * @throws UnreachableException it may work later
   * @throws ConnectionException the token is wrong
   */
  String ask() {
    URI address = fetch();
    String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
    if (!scheme.equals("wss") || address.getHost() == null) {
      throw new UnreachableException(
          "Discord: refused the gateway's address, it does not begin with wss://; trying again");
    }
    try {
      tls.probe(address);
    } catch (IOException e) {
      throw UnreachableException.because("the gateway", e);
    }
    return address.toString();
  }

  private URI fetch() {
    Request request =
        new Request.Builder()
            .url(settings.base() + "gateway/bot")
            .header("Authorization", "Bot " + settings.token())
            .header("User-Agent", RestConfig.USER_AGENT)
            .build();
    try (Response response = http.newCall(request).execute()) {
      if (response.code() == UNAUTHORIZED) {
        throw new ConnectionException(BAD_TOKEN);
      }
      if (!response.isSuccessful()) {
        throw new UnreachableException(
            "Discord: the API answered GET gateway/bot with HTTP " + response.code());
      }
      byte[] body = response.peekBody(LARGEST_ANSWER).bytes();
      return URI.create(DataObject.fromJson(body).getString("url"));
    } catch (IOException e) {
      throw UnreachableException.because("the API", e);
    } catch (ParsingException | IllegalArgumentException e) {
      throw new UnreachableException("Discord: the API's answer to GET gateway/bot is not valid");
    }
  }
}
