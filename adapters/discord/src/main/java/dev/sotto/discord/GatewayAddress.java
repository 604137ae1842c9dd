package dev.sotto.discord;

import dev.sotto.chat.ConnectionException;
import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import net.dv8tion.jda.api.exceptions.ParsingException;
import net.dv8tion.jda.api.utils.data.DataObject;

/** Asks Discord where its gateway is, and checks the answer before anybody dials it. */
final class GatewayAddress {
  private static final int MOST_SHARDS = 10_000;

  private final FirstCalls api;
  private final DiscordTls tls;

  GatewayAddress(FirstCalls api, DiscordTls tls) {
    this.api = api;
    this.tls = tls;
  }

  /**
   * What it says, after a handshake with the address.
   *
   * @throws UnreachableException it may work later
   * @throws ConnectionException the token is wrong
   */
  Gateway ask() {
    Gateway gateway = fetch();
    URI address = URI.create(gateway.address());
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
    return gateway;
  }

  private Gateway fetch() {
    try {
      DataObject answer = api.get("gateway/bot");
      DataObject starts = answer.optObject("session_start_limit").orElseGet(DataObject::empty);
      return new Gateway(
          URI.create(answer.getString("url")).toString(),
          Math.clamp(answer.getInt("shards", 1), 1, MOST_SHARDS),
          Math.max(1, starts.getInt("max_concurrency", 1)),
          starts.getInt("remaining", 1));
    } catch (ParsingException | IllegalArgumentException e) {
      throw new UnreachableException("Discord: the API's answer to GET gateway/bot is not valid");
    }
  }
}
