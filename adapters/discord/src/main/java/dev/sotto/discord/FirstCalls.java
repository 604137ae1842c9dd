package dev.sotto.discord;

import dev.sotto.chat.ConnectionException;
import java.io.IOException;
import net.dv8tion.jda.api.exceptions.ParsingException;
import net.dv8tion.jda.api.requests.RestConfig;
import net.dv8tion.jda.api.utils.data.DataObject;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** What Discord's API is asked before there is a session of JDA. Answers of at most 64 KiB. */
final class FirstCalls {
  /** What an operator reads when the token is wrong. */
  static final String BAD_TOKEN =
      "Discord does not accept the bot token: set DISCORD_TOKEN to the one of the Developer Portal"
          + " (Bot, Reset Token)";

  private static final int UNAUTHORIZED = 401;
  private static final int LARGEST_ANSWER = 65_536;

  private final DiscordSettings settings;
  private final OkHttpClient http;

  FirstCalls(DiscordSettings settings, OkHttpClient http) {
    this.settings = settings;
    this.http = http;
  }

  /**
   * @throws UnreachableException it may work later
   * @throws ConnectionException the token is wrong
   */
  DataObject get(String path) {
    Request request =
        new Request.Builder()
            .url(settings.base() + path)
            .header("Authorization", "Bot " + settings.token().reveal())
            .header("User-Agent", RestConfig.USER_AGENT)
            .build();
    try (Response response = http.newCall(request).execute()) {
      if (response.code() == UNAUTHORIZED) {
        throw new ConnectionException(BAD_TOKEN);
      }
      if (!response.isSuccessful()) {
        throw new UnreachableException(
            "Discord: the API answered GET " + path + " with HTTP " + response.code());
      }
      return DataObject.fromJson(response.peekBody(LARGEST_ANSWER).bytes());
    } catch (IOException e) {
      throw UnreachableException.because("the API", e);
    } catch (ParsingException e) {
      throw new UnreachableException("Discord: the API's answer to GET " + path + " is not valid");
    }
  }
}
