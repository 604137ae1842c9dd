package dev.sotto.bots;

import dev.sotto.audit.Action;
import dev.sotto.audit.AuditLog;
import dev.sotto.audit.Note;
import dev.sotto.chat.Connection;
import dev.sotto.chat.ConnectionException;
import dev.sotto.command.Commands;
import dev.sotto.inbox.DurableInbox;
import dev.sotto.memory.Erasure;
import dev.sotto.memory.Retention;
import jakarta.inject.Singleton;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All connections of this process, from their start to a clean stop. */
@Singleton
final class Bots {
  private static final Logger LOG = LoggerFactory.getLogger(Bots.class);

  private final List<Connection> connections;
  private final DurableInbox inbox;
  private final Commands commands;
  private final Retention retention;
  private final Erasure erasure;
  private final AuditLog audit;

  Bots(
      Connections connections,
      DurableInbox inbox,
      Commands commands,
      Retention retention,
      Erasure erasure,
      AuditLog audit) {
    this.connections = connections.make();
    this.inbox = inbox;
    this.commands = commands;
    this.retention = retention;
    this.erasure = erasure;
    this.audit = audit;
  }

  /**
   * Takes up what is not done and connects to every platform that has a token, side by side. One
   * platform that cannot be reached or refuses its token does not hold up the other.
   *
   * @throws ConnectionException no platform has a token, or none will ever connect
   */
  void start(PrintStream out) {
    if (connections.isEmpty()) {
      throw new ConnectionException(
          "no platform to connect to: set SLACK_BOT_TOKEN and SLACK_APP_TOKEN, or DISCORD_TOKEN"
              + " (README, 'Connect'), or try `bots/sotto sandbox`");
    }
    audit.attempt(Note.ofProgram(Action.PROGRAM_STARTED, Main.VERSION, ""));
    erasure.start();
    retention.start();
    inbox.start(connections.stream().map(Connection::platform).toList());
    long refused = each(it -> connect(it, out)).stream().filter(it -> !it).count();
    if (refused == connections.size()) {
      throw new ConnectionException("no platform could be connected; see the lines above");
    }
  }

  /** One for each platform that has its tokens, connected or not. */
  List<Connection> connections() {
    return connections;
  }

  /** Ends within 5 seconds; turns in flight are kept and taken up at the next start. */
  void stop() {
    inbox.close();
    retention.close();
    erasure.close();
    audit.attempt(Note.ofProgram(Action.PROGRAM_STOPPED, Main.VERSION, ""));
    each(it -> {
      it.close();
      return true;
    });
  }

  private boolean connect(Connection connection, PrintStream out) {
    try {
      connection.connect(inbox, commands);
      out.println("sotto: " + connection.description());
      return true;
    } catch (ConnectionException e) {
      LOG.error("{}", e.getMessage());
      return false;
    }
  }

  private List<Boolean> each(Predicate<Connection> act) {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Boolean>> calls =
          connections.stream().<Callable<Boolean>>map(it -> () -> act.test(it)).toList();
      return threads.invokeAll(calls).stream().map(Future::resultNow).toList();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of();
    }
  }
}
