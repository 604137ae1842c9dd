package dev.sotto.discord;

import dev.sotto.chat.ConnectionException;
import dev.sotto.chat.Platform;
import dev.sotto.chat.Shards;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import net.dv8tion.jda.api.requests.RestRateLimiter.GlobalRateLimit;
import net.dv8tion.jda.api.utils.SessionControllerAdapter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets one session of JDA begin, and begin anew: where Discord says, as often as Discord allows,
 * and when it is its turn among all programs that serve the bot.
 */
final class SessionStart extends SessionControllerAdapter {
  private static final Logger LOG = LoggerFactory.getLogger(DiscordConnection.class);
  private static final long LOOK_MILLIS = 250;

  /** Discord counts the beginnings of a day. */
  private static final long NONE_LEFT_MILLIS = 60_000;

  private final GatewayAddress gateway;
  private final Shards shards;
  private final Reporter reporter;
  private final GlobalRateLimit limit;
  private final AtomicReference<Optional<SessionConnectNode>> waiting =
      new AtomicReference<>(Optional.empty());
  private Gateway asked;
  private boolean used;

  SessionStart(
      GatewayAddress gateway,
      Shards shards,
      Reporter reporter,
      GlobalRateLimit limit,
      Gateway asked) {
    this.gateway = gateway;
    this.shards = shards;
    this.reporter = reporter;
    this.limit = limit;
    this.asked = asked;
  }

  @Override
  public GlobalRateLimit getRateLimitHandle() {
    return limit;
  }

  /** The address just asked for, and after a failure a new one. */
  @Override
  public synchronized String getGateway() {
    if (used) {
      asked = askAgain();
    }
    used = true;
    return asked.address();
  }

  private Gateway askAgain() {
    try {
      return gateway.ask();
    } catch (UnreachableException e) {
      reporter.trouble(e.line());
      throw e;
    } catch (ConnectionException _) {
      reporter.trouble(FirstCalls.BAD_TOKEN);
      throw new UnreachableException(FirstCalls.BAD_TOKEN);
    }
  }

  @Override
  public void appendSession(SessionConnectNode node) {
    waiting.set(Optional.of(node));
    Thread.ofVirtual().name("discord-start").start(() -> begin(node));
  }

  @Override
  public void removeSession(SessionConnectNode node) {
    waiting.updateAndGet(it -> it.filter(other -> !other.equals(node)));
  }

  private void begin(SessionConnectNode node) {
    try {
      while (waiting.get().filter(node::equals).isPresent() && !begun(node)) {
        Thread.sleep(LOOK_MILLIS);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether there is nothing left to do. */
  private boolean begun(SessionConnectNode node) throws InterruptedException {
    if (node.isReconnect() && noneLeft()) {
      Thread.sleep(NONE_LEFT_MILLIS);
      return false;
    }
    int bucket = node.getShardInfo().getShardId() % buckets();
    if (!mayBegin(bucket)) {
      return false;
    }
    try {
      node.run(false);
      return true;
    } catch (RuntimeException e) {
      LOG.debug("Discord: a session did not begin: {}", e.getClass().getSimpleName());
      return false;
    } finally {
      begun(bucket);
    }
  }

  private synchronized int buckets() {
    return asked.buckets();
  }

  private boolean noneLeft() {
    try {
      boolean none = gateway.ask().starts() == 0;
      if (none) {
        reporter.trouble(DiscordSession.NONE_LEFT);
      }
      return none;
    } catch (UnreachableException | ConnectionException _) {
      return false;
    }
  }

  /** Who cannot ask the others waits. */
  private boolean mayBegin(int bucket) {
    try {
      return shards.mayBegin(Platform.DISCORD, bucket);
    } catch (RuntimeException e) {
      LOG.debug("Discord: nobody can be asked for a turn: {}", e.getClass().getSimpleName());
      return false;
    }
  }

  /** Who cannot tell the others lets them wait until the turn ends by itself. */
  private void begun(int bucket) {
    try {
      shards.begun(Platform.DISCORD, bucket);
    } catch (RuntimeException e) {
      LOG.debug("Discord: the end of a turn is not told: {}", e.getClass().getSimpleName());
    }
  }
}
