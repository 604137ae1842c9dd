package dev.sotto.sandbox.discord;

import dev.sotto.sandbox.side.Changes;
import dev.sotto.sandbox.side.Faults;
import dev.sotto.sandbox.side.Place;
import dev.sotto.sandbox.side.Side;
import dev.sotto.sandbox.side.Sockets;
import dev.sotto.sandbox.side.Timer;
import dev.sotto.sandbox.side.Upload;
import dev.sotto.sandbox.side.View;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.websocket.server.ServerWebSocketContainer;

/**
 * Discord, as one bot and the people around it see it: a guild with two channels, REST v10 and the
 * Gateway. Events that a client misses reach it only when it resumes its session; after a new
 * {@code IDENTIFY} they are gone, as with the real one.
 */
public final class DiscordServer implements Side {
  private final Guild guild;
  private final String token;
  private final AtomicReference<String> url = new AtomicReference<>("");
  private final Timer timer = new Timer("sandbox-discord");
  private final Faults faults = new Faults();
  private final Changes changes = new Changes();
  private final Dispatcher dispatcher;
  private final Talk talk;
  private final Gateway gateway;
  private final RestApi rest;
  private final People people;
  private final Views views;

  /** With the limits of the real one. */
  public DiscordServer() {
    this(Rules.real());
  }

  public DiscordServer(Rules rules) {
    this(rules, Clock.systemUTC());
  }

  /**
   * Made for a test.
   *
   * @param clock tells the age of everything; timers run in real time
   */
  public DiscordServer(Rules rules, Clock clock) {
    guild = new Guild(clock);
    token = Tokens.bot(guild.application());
    dispatcher = new Dispatcher(guild);
    Shapes shapes = new Shapes(guild);
    MessageShapes messages = new MessageShapes(guild, shapes, url::get);
    talk = new Talk(guild, shapes, messages, dispatcher);
    gateway = new Gateway(new Gateway.Server(guild, shapes, url::get, token), rules, dispatcher);
    gateway.watch(timer);
    Interactions interactions = new Interactions(guild, shapes, messages, talk, timer);
    Access access = new Access(guild);
    CommandRoutes commands = new CommandRoutes(guild);
    Routes routes = new Routes();
    new GuildRoutes(guild, shapes, access, rules, gateway).addTo(routes);
    new ChannelRoutes(guild, shapes, access, talk).addTo(routes);
    new MessageRoutes(guild, messages, access, talk, rules).addTo(routes);
    commands.addTo(routes);
    new InteractionRoutes(guild, messages, talk, interactions).addTo(routes);
    rest =
        new RestApi(
            guild, routes, new RateLimits(rules), new RestApi.Watched(faults, changes), token);
    people = new People(guild, shapes, talk, interactions, commands);
    views = new Views(guild, interactions);
  }

  /** What the bot authenticates with. */
  public String botToken() {
    return token;
  }

  /** {@code https://localhost:port/api/v10/}; known once the sandbox runs. */
  public URI apiUrl() {
    return URI.create(url.get() + RestApi.PATH + "/");
  }

  /** {@code wss://localhost:port/gateway}. */
  public URI gatewayUrl() {
    return URI.create(gateway.address());
  }

  public String applicationId() {
    return Shapes.text(guild.application());
  }

  public String guildId() {
    return Shapes.text(guild.id());
  }

  /** Calls the bot when it stands in a text. */
  public String mention() {
    return guild.bot().mention();
  }

  /** A bot of somebody else, which can {@link #say} something like a person. */
  public String otherBot() {
    return Shapes.text(guild.otherBot().id());
  }

  /** The id of a person by their username, like {@code maria}, who is the administrator. */
  public String person(String username) {
    synchronized (guild) {
      return guild.accounts().stream()
          .filter(account -> account.username().equals(username))
          .findFirst()
          .map(account -> Shapes.text(account.id()))
          .orElseThrow(() -> new IllegalArgumentException("there is no such person"));
    }
  }

  @Override
  public String name() {
    return "discord";
  }

  @Override
  public Handler attach(URI address, ServerWebSocketContainer sockets) {
    url.set(address.toString());
    return new Entrance(guild, rest, gateway, sockets);
  }

  @Override
  public List<View.Person> people() {
    synchronized (guild) {
      return guild.accounts().stream()
          .filter(account -> !account.bot())
          .map(Views::person)
          .toList();
    }
  }

  @Override
  public String channel(String name) {
    synchronized (guild) {
      return guild
          .channels(Channel.Kind.TEXT)
          .filter(channel -> channel.name().equals(name))
          .findFirst()
          .map(channel -> Shapes.text(channel.id()))
          .orElseThrow(() -> new IllegalArgumentException("there is no such channel"));
    }
  }

  @Override
  public String direct(String person) {
    return act(person, account -> Shapes.text(guild.direct(account).id()));
  }

  @Override
  public View view(String person) {
    synchronized (guild) {
      return views.view(people.person(person));
    }
  }

  @Override
  public String say(String person, Place place, String text) {
    return act(person, account -> id(people.say(account, place, text, Optional.empty())));
  }

  /** Writes a message that replies to another, and so calls its author. */
  public String reply(String person, String message, String text) {
    return act(
        person, account -> id(people.reply(account, people.message(account, message), text)));
  }

  /** Says that somebody is writing. */
  public void type(String person, Place place) {
    act(
        person,
        account -> {
          talk.typing(people.channel(account, place), account);
          return account;
        });
  }

  @Override
  public String upload(String person, Place place, String text, Upload file) {
    return act(person, account -> id(people.say(account, place, text, Optional.of(file))));
  }

  @Override
  public void edit(String person, String message, String text) {
    run(person, account -> people.edit(account, message, text));
  }

  @Override
  public void delete(String person, String message) {
    run(person, account -> people.delete(account, message));
  }

  @Override
  public void react(String person, String message, String emoji) {
    run(person, account -> people.react(account, message, emoji));
  }

  /** Puts a thread away, and locks it if nobody shall write there again. */
  public void archive(String person, String thread, boolean lock) {
    run(
        person,
        account -> {
          Channel put = people.thread(account, thread);
          put.archive(true, lock);
          talk.changed(put);
        });
  }

  /** Deletes a thread with all that was said in it. */
  public void deleteThread(String person, String thread) {
    run(person, account -> talk.remove(people.thread(account, thread)));
  }

  /** Takes permissions in a channel from everyone but administrators; none gives all back. */
  public void deny(String channel, Permission... permissions) {
    run(
        Shapes.text(guild.owner().id()),
        owner -> {
          Channel changed = people.channel(owner, channel);
          changed.deny(Permission.bits(Arrays.asList(permissions)));
          talk.changed(changed);
        });
  }

  @Override
  public void command(String person, Place place, String line) {
    interact(person, account -> people.command(account, place, line));
  }

  /** The lines that could stand in place of the typed one. Waits up to 3 seconds for the bot. */
  @Override
  public List<String> complete(String person, Place place, String line) {
    Optional<People.Asked> asked = act(person, account -> people.ask(account, place, line));
    if (asked.isEmpty()) {
      return act(person, account -> people.proposals(account, place, line));
    }
    try {
      return asked.get().lines(asked.get().interaction().acknowledgement().join());
    } catch (CompletionException _) {
      return List.of();
    }
  }

  @Override
  public void press(String person, String message, String action) {
    interact(person, account -> people.press(account, message, action));
  }

  @Override
  public void submit(String person, String modal, Map<String, String> values) {
    interact(person, account -> people.submit(account, modal, values));
  }

  private void interact(String person, Function<Account, Interaction> act) {
    Executor soon = task -> timer.after(Duration.ZERO, task);
    var _ = act(person, act).acknowledgement().whenCompleteAsync((_, _) -> changes.tell(), soon);
  }

  private void run(String person, Consumer<Account> act) {
    act(
        person,
        account -> {
          act.accept(account);
          return account;
        });
  }

  private <T> T act(String person, Function<Account, T> act) {
    T result;
    synchronized (guild) {
      result = act.apply(people.person(person));
    }
    changes.tell();
    return result;
  }

  private static String id(Message message) {
    return Shapes.text(message.id());
  }

  @Override
  public Changes.Subscription onChange(Runnable listener) {
    return changes.listen(listener);
  }

  @Override
  public Faults faults() {
    return faults;
  }

  @Override
  public Sockets sockets() {
    return dispatcher;
  }

  /** How many sessions of a shard have begun. */
  public int started(int shard) {
    return gateway.starts().of(shard);
  }

  /** How many attempts to begin a session came too soon or too often, and were refused. */
  public int startedTooSoon() {
    return gateway.starts().refused();
  }

  /** How many connections hear of what happens in a shard. */
  public int connected(int shard) {
    return dispatcher.connected(shard);
  }

  /** Asks every client to reconnect and resume (operation 7). */
  public void askToReconnect() {
    gateway.askToReconnect();
  }

  /**
   * Ends every session (operation 9).
   *
   * @param resumable whether clients may try to resume
   */
  public void invalidateSessions(boolean resumable) {
    gateway.invalidate(resumable);
  }

  /** Loses every session and cuts the connections, so that the attempt to resume is refused. */
  public void loseSessions() {
    gateway.lose();
  }

  /** Ends every connection with a close code. */
  public void closeSockets(CloseCode code) {
    gateway.close(code);
  }

  @Override
  public void close() {
    timer.close();
    gateway.cutAll();
  }
}
