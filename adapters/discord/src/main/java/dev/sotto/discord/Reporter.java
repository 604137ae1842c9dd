package dev.sotto.discord;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says once what is wrong with the connection, however often it is tried, and once that it works.
 */
final class Reporter {
  private static final Logger LOG = LoggerFactory.getLogger(DiscordConnection.class);

  private String trouble = "";

  synchronized void trouble(String line) {
    if (!line.equals(trouble)) {
      LOG.warn("{}", line);
      trouble = line;
    }
  }

  synchronized void works() {
    LOG.info("Discord: connected");
    trouble = "";
  }
}
