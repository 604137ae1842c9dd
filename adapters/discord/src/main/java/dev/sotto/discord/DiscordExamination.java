package dev.sotto.discord;

import dev.sotto.chat.ConnectionException;
import dev.sotto.chat.Finding;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import net.dv8tion.jda.api.exceptions.ParsingException;

/** Asks Discord what the application may do, and whether its gateway can be reached. */
final class DiscordExamination {
  /** What an operator reads when the bot may not read what people write. */
  static final String NO_MESSAGE_CONTENT =
      "Discord refuses the Message Content intent: switch it on in the Developer Portal"
          + " (Bot, Privileged Gateway Intents)";

  private static final String CONTENT = "discord.message-content";

  /** GATEWAY_MESSAGE_CONTENT, and GATEWAY_MESSAGE_CONTENT_LIMITED of bots in few servers. */
  private static final long MAY_READ = 1 << 18 | 1 << 19;

  private final DiscordSettings settings;
  private final FirstCalls api;
  private final GatewayAddress gateway;

  DiscordExamination(DiscordSettings settings, FirstCalls api, GatewayAddress gateway) {
    this.settings = settings;
    this.api = api;
    this.gateway = gateway;
  }

  List<Finding> all() {
    try {
      settings.check();
    } catch (ConnectionException e) {
      return List.of(Finding.fault("discord.settings", String.valueOf(e.getMessage())));
    }
    return Stream.of(
            asked(CONTENT, this::content), asked("discord.gateway", this::reachableGateway))
        .toList();
  }

  private static Finding asked(String check, Supplier<Finding> question) {
    try {
      return question.get();
    } catch (UnreachableException e) {
      return Finding.fault(check, e.line());
    } catch (ConnectionException e) {
      return Finding.fault(check, String.valueOf(e.getMessage()));
    }
  }

  private Finding content() {
    try {
      boolean granted = (api.get("applications/@me").getLong("flags", 0) & MAY_READ) != 0;
      return granted
          ? Finding.well(CONTENT, "the application may read what people write")
          : Finding.fault(CONTENT, NO_MESSAGE_CONTENT);
    } catch (ParsingException _) {
      return Finding.fault(CONTENT, "Discord's answer to GET applications/@me is not valid");
    }
  }

  private Finding reachableGateway() {
    gateway.ask();
    return Finding.well("discord.gateway", "reachable over TLS 1.3");
  }
}
