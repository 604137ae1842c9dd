package dev.sotto.discord;

import dev.sotto.chat.ConnectionException;
import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import net.dv8tion.jda.api.exceptions.ParsingException;

/** Asks Discord where its gateway is, and checks the answer before anybody dials it. */
final class GatewayAddress {
  private final FirstCalls api;
  private final DiscordTls tls;

  GatewayAddress(FirstCalls api, DiscordTls tls) {
    this.api = api;
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
    try {
      return URI.create(api.get("gateway/bot").getString("url"));
    } catch (ParsingException | IllegalArgumentException e) {
      throw new UnreachableException("Discord: the API's answer to GET gateway/bot is not valid");
    }
  }
}
