package dev.sotto.discord;

import dev.sotto.chat.ChatPlatform;
import dev.sotto.chat.CommandCatalogue;
import dev.sotto.chat.Connection;
import dev.sotto.chat.ConnectionException;
import dev.sotto.chat.Finding;
import dev.sotto.chat.Inbox;
import dev.sotto.chat.Shards;
import dev.sotto.discord.DiscordShard.Heard;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import net.dv8tion.jda.api.JDA;
import net.dv8tion.jda.api.hooks.EventListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One bot's connection to Discord: calls, which any program that serves the bot may make, and
 * sessions for those of its shards that are this program's.
 */
public final class DiscordConnection implements Connection {
  private static final Logger LOG = LoggerFactory.getLogger(DiscordConnection.class);
  private static final long FIRST_PAUSE_MILLIS = 1_000;
  private static final long LONGEST_PAUSE_MILLIS = 60_000;

  private final AtomicReference<Optional<JDA>> calls = new AtomicReference<>(Optional.empty());
  private final AtomicReference<Optional<OwnShards>> own = new AtomicReference<>(Optional.empty());
  private final CountDownLatch closing = new CountDownLatch(1);
  private final AtomicBoolean refused = new AtomicBoolean();
  private final Reporter reporter = new Reporter();
  private final Acknowledgements acknowledgements = new Acknowledgements();
  private final Sessions sessions = new Sessions();
  private final Shards shards;
  private final Clock clock;
  private final DiscordSession session;
  private final DiscordRest rest;
  private final Places places;
  private final DiscordPlatform platform;

  public DiscordConnection(DiscordSettings settings, Shards shards, Clock clock) {
    this.shards = shards;
    this.clock = clock;
    this.session = new DiscordSession(settings, shards, reporter);
    this.rest = new DiscordRest(calls::get);
    this.places = new Places(sessions, rest);
    this.platform = new DiscordPlatform(rest, places, acknowledgements, clock);
  }

  @Override
  public ChatPlatform platform() {
    return platform;
  }

  @Override
  public void connect(Inbox inbox, CommandCatalogue commands) {
    openCalls();
    Heard heard = heard(inbox, commands);
    OwnShards made =
        new OwnShards(
            shards, session, lease -> new DiscordShard(lease, session, reporter, sessions, heard));
    own.set(Optional.of(made));
    if (closed()) {
      made.close();
      return;
    }
    try {
      made.start();
    } catch (ConnectionException e) {
      end();
      throw e;
    }
  }

  private void openCalls() {
    long pause = FIRST_PAUSE_MILLIS;
    while (!closed()) {
      try {
        calls.set(Optional.of(session.calls()));
        return;
      } catch (UnreachableException e) {
        reporter.trouble(e.line());
        pause = Math.min(pause * 2, LONGEST_PAUSE_MILLIS);
      }
      pause(pause);
    }
  }

  private Heard heard(Inbox inbox, CommandCatalogue commands) {
    SlashCommands slash = new SlashCommands(commands);
    return new Heard(
        lanes -> {
          Intake intake = new Intake(inbox, lanes);
          CatchUp catchUp = new CatchUp(rest, places, intake);
          return List.<EventListener>of(
              new MessageEvents(inbox, intake, lanes, places, catchUp, clock),
              new Interactions(commands, intake, lanes, places, acknowledgements));
        },
        (begun, lanes) -> {
          if (begun.getShardInfo().getShardId() == 0) {
            slash.register(begun, lanes);
          }
        },
        this::refused);
  }

  /** Discord tells it to each session, and an operator is told once. */
  private void refused(ConnectionException reason) {
    if (refused.compareAndSet(false, true) && !closed()) {
      LOG.error("{}", reason.getMessage());
      end();
    }
  }

  private boolean closed() {
    return closing.getCount() == 0;
  }

  private void pause(long millis) {
    try {
      var _ = closing.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      closing.countDown();
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public List<Finding> examine(Path config) {
    return session.examine();
  }

  @Override
  public boolean connected() {
    return own.get().filter(OwnShards::connected).isPresent();
  }

  @Override
  public String description() {
    return calls.get().isEmpty()
        ? "Discord (not connected)"
        : own.get().map(this::description).orElse("Discord (not connected)");
  }

  private String description(OwnShards shared) {
    int count = shared.count();
    if (count == 0) {
      return "Discord (stands by: another program is connected)";
    }
    long servers = sessions.servers();
    String some =
        servers == 0
            ? "in no server yet: invite the bot"
            : servers + (servers == 1 ? " server" : " servers");
    int total = shared.total();
    return "Discord (" + some + (total == 1 ? ")" : ", %d of %d shards)".formatted(count, total));
  }

  @Override
  public void close() {
    closing.countDown();
    end();
    session.close();
  }

  /** Takes no more events and makes no more calls. */
  private void end() {
    CompletableFuture<Void> farewell =
        CompletableFuture.runAsync(
            () -> calls.getAndSet(Optional.empty()).ifPresent(DiscordShard::shutDown),
            Thread::startVirtualThread);
    own.get().ifPresent(OwnShards::close);
    farewell.join();
  }
}
