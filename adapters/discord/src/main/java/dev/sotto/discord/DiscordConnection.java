package dev.sotto.discord;

import dev.sotto.chat.ChatPlatform;
import dev.sotto.chat.CommandCatalogue;
import dev.sotto.chat.Connection;
import dev.sotto.chat.ConnectionException;
import dev.sotto.chat.Finding;
import dev.sotto.chat.Inbox;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import net.dv8tion.jda.api.JDA;
import net.dv8tion.jda.api.hooks.EventListener;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One bot's connection to Discord. JDA resumes and reconnects within a session; what ends a session
 * is seen here and a new one is begun, unless Discord said that there is no use.
 */
public final class DiscordConnection implements Connection {
  private static final Logger LOG = LoggerFactory.getLogger(DiscordConnection.class);
  private static final long FIRST_PAUSE_MILLIS = 1_000;
  private static final long LONGEST_PAUSE_MILLIS = 60_000;
  private static final Duration FAREWELL = Duration.ofMillis(1_200);

  private final AtomicReference<@Nullable JDA> current = new AtomicReference<>();
  private final AtomicReference<@Nullable SessionWatch> watch = new AtomicReference<>();
  private final Lanes lanes = new Lanes();
  private final Reporter reporter = new Reporter();
  private final Acknowledgements acknowledgements = new Acknowledgements();
  private final Clock clock;
  private final DiscordSession session;
  private final DiscordRest rest;
  private final Places places;
  private final DiscordPlatform platform;

  public DiscordConnection(DiscordSettings settings, Clock clock) {
    this.clock = clock;
    this.session = new DiscordSession(settings, reporter);
    this.rest = new DiscordRest(() -> Optional.ofNullable(current.get()));
    this.places = new Places(() -> Optional.ofNullable(current.get()), rest);
    this.platform = new DiscordPlatform(rest, places, acknowledgements, clock);
  }

  @Override
  public ChatPlatform platform() {
    return platform;
  }

  @Override
  public void connect(Inbox inbox, CommandCatalogue commands) {
    Intake intake = new Intake(inbox, lanes);
    CatchUp catchUp = new CatchUp(rest, places, intake);
    EventListener messages = new MessageEvents(inbox, intake, lanes, places, catchUp, clock);
    EventListener interactions =
        new Interactions(commands, intake, lanes, places, acknowledgements);
    keepConnected(new SlashCommands(commands), messages, interactions);
  }

  private void keepConnected(SlashCommands commands, Object... listeners) {
    long pause = FIRST_PAUSE_MILLIS;
    do {
      try {
        begin(commands, listeners);
        return;
      } catch (UnreachableException e) {
        reporter.trouble(e.line());
        pause = Math.min(pause * 2, LONGEST_PAUSE_MILLIS);
      }
    } while (lanes.pause(pause));
  }

  private void begin(SlashCommands commands, Object... listeners) {
    SessionWatch attempt =
        new SessionWatch(
            reporter,
            current::set,
            reason -> lost(reason, () -> keepConnected(commands, listeners)));
    watch.set(attempt);
    JDA begun = session.begin(attempt, listeners);
    if (lanes.closed()) {
      begun.shutdownNow();
    } else {
      lanes.beside(() -> commands.register(begun, lanes));
    }
  }

  private void lost(RuntimeException reason, Runnable again) {
    if (lanes.closed()) {
      return;
    }
    current.set(null);
    lanes.beside(() -> {
      try {
        if (reason instanceof ConnectionException refused) {
          throw refused;
        }
        again.run();
      } catch (ConnectionException e) {
        LOG.error("{}", e.getMessage());
      }
    });
  }

  @Override
  public List<Finding> examine(Path config) {
    return session.examine();
  }

  @Override
  public boolean connected() {
    SessionWatch latest = watch.get();
    return latest != null && latest.flowing() && current.get() != null;
  }

  @Override
  public String description() {
    JDA jda = current.get();
    if (jda == null) {
      return "Discord (not connected)";
    }
    long servers = jda.getGuildCache().size();
    return servers == 0
        ? "Discord (in no server yet: invite the bot)"
        : "Discord (" + servers + (servers == 1 ? " server)" : " servers)");
  }

  @Override
  public void close() {
    lanes.close();
    SessionWatch attempt = watch.get();
    if (attempt != null) {
      attempt.giveUp();
    }
    JDA jda = current.getAndSet(null);
    if (jda != null) {
      shutDown(jda);
    }
    session.close();
  }

  private static void shutDown(JDA jda) {
    jda.shutdown();
    try {
      if (!jda.awaitShutdown(FAREWELL)) {
        jda.shutdownNow();
      }
    } catch (InterruptedException _) {
      jda.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
