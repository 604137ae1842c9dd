package dev.sotto.sandbox.side;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.websocket.server.ServerWebSocketContainer;

/**
 * One platform of the sandbox: its protocol on one side, and on the other what people see and do
 * there. Ids are the platform's own. An act on something that does not exist, or that the person
 * may not touch, is an {@link IllegalArgumentException} with a line for people.
 */
public interface Side extends AutoCloseable {

  /** In lower case, as in paths: {@code slack}, {@code discord}. */
  String name();

  /**
   * Takes its place in the server. Called once.
   *
   * @param url of the server, without a path
   * @param sockets upgrades a request to a WebSocket
   * @return handles the platform's own paths and leaves every other request alone
   */
  Handler attach(URI url, ServerWebSocketContainer sockets);

  /** Everyone who can act here, without the bot. */
  List<View.Person> people();

  /** The id of a channel by its name, without {@code #}. */
  String channel(String name);

  /** The id of the channel in which a person writes to the bot alone. */
  String direct(String person);

  /** What one person sees now. */
  View view(String person);

  /** The person goes to a place; the platform may tell the bot. */
  default void enter(String person, Place place) {}

  /** Writes a message and returns its id. */
  String say(String person, Place place, String text);

  /**
   * Runs a slash command.
   *
   * @param line as typed, with the slash: {@code /sotto help}
   */
  void command(String person, Place place, String line);

  /**
   * The whole lines that the platform proposes in place of one that is being typed; empty where it
   * proposes nothing.
   */
  List<String> complete(String person, Place place, String line);

  /** Presses a button of a message that the person sees. */
  void press(String person, String message, String action);

  /** Sends off the modal that is open for the person. */
  void submit(String person, String modal, Map<String, String> values);

  /** Rewrites the person's own message. */
  void edit(String person, String message, String text);

  /** Deletes the person's own message. */
  void delete(String person, String message);

  /**
   * Adds the person's reaction, or takes it back.
   *
   * @param emoji the platform's name of it, or the character
   */
  void react(String person, String message, String emoji);

  /** Writes a message with a file of at most 10 MiB and returns the message's id. */
  String upload(String person, Place place, String text, Upload file);

  /** Runs the listener, on some thread, after what people see has changed. */
  Changes.Subscription onChange(Runnable listener);

  /** Waits until people see what is asked for; false when they do not in time. */
  default boolean await(BooleanSupplier seen, Duration patience) throws InterruptedException {
    CountDownLatch met = new CountDownLatch(1);
    Runnable look =
        () -> {
          if (seen.getAsBoolean()) {
            met.countDown();
          }
        };
    try (var _ = onChange(look)) {
      look.run();
      return met.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  Faults faults();

  Sockets sockets();

  /** Lets go of connections and timers. */
  @Override
  void close();
}
