package dev.sotto.sandbox.slack;

import dev.sotto.sandbox.side.Changes;
import dev.sotto.sandbox.side.Faults;
import dev.sotto.sandbox.side.Place;
import dev.sotto.sandbox.side.Side;
import dev.sotto.sandbox.side.Sockets;
import dev.sotto.sandbox.side.Timer;
import dev.sotto.sandbox.side.Upload;
import dev.sotto.sandbox.side.View;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.websocket.server.ServerWebSocketContainer;

/**
 * The workspace "Acme Slack": three people, two channels and one app, which a Slack client library
 * reaches at {@link #apiUrl} as it would reach Slack. Rate limits are not kept; plan a fault.
 */
public final class SlackServer implements Side {
  /** The administrator. */
  public static final String MARIA = "U0SANDMARIA";

  public static final String TOM = "U0SANDTOM01";
  public static final String PRIYA = "U0SANDPRIYA";

  /** Two channels that everybody and the bot are in. */
  public static final String GENERAL = "C0GENERAL01";

  public static final String IT_HELP = "C0ITHELP001";

  private final SlackTiming timing;
  private final Changes changes = new Changes();
  private final Faults faults = new Faults();
  private final Timer timer = new Timer("sandbox-slack");
  private final Ids ids = new Ids(Clock.systemUTC(), new SecureRandom());
  private final Grants grants = new Grants(ids);
  private final SocketMode sockets;
  private final Dialogs dialogs;
  private volatile Optional<Attached> attached = Optional.empty();

  /** With Slack's own delays. */
  public SlackServer() {
    this(SlackTiming.real());
  }

  public SlackServer(SlackTiming timing) {
    this.timing = timing;
    this.sockets = new SocketMode(timing, timer);
    this.dialogs = new Dialogs(ids, timing);
  }

  private record Attached(
      Workspace workspace,
      Events events,
      Writing writing,
      Interactions interactions,
      StreamMethods streams) {}

  @Override
  public Handler attach(URI url, ServerWebSocketContainer container) {
    Workspace workspace = new Workspace(ids, url);
    Events events = new Events(workspace, sockets, changes);
    Responses responses = new Responses(workspace, events);
    StreamMethods streams = new StreamMethods(workspace, events, timing, timer);
    Stream<Method> methods =
        Stream.of(
                new ChatMethods(workspace, events).all(),
                streams.all(),
                new AssistantMethods(workspace, events).all(),
                new ConversationMethods(workspace, grants).all(),
                new PeopleMethods(workspace, sockets).all(),
                new ViewMethods(dialogs, events, ids).all(),
                new FileMethods(workspace, events).all())
            .flatMap(all -> all);
    attached =
        Optional.of(
            new Attached(
                workspace,
                events,
                new Writing(workspace, events),
                new Interactions(workspace, sockets, responses, dialogs, events),
                streams));
    return new SlackHttp(
        new SlackHttp.Parts(new WebApi(methods, grants, faults, ids), sockets, responses),
        workspace,
        grants,
        container);
  }

  private Attached here() {
    return attached.orElseThrow(() -> new IllegalStateException("not in a sandbox yet"));
  }

  @Override
  public String name() {
    return "slack";
  }

  /** The base of the Web API, with the last slash. */
  public URI apiUrl() {
    return here().workspace().server().resolve("/api/");
  }

  /** The bot token ({@code xoxb-}), new at each start. */
  public String botToken() {
    return grants.botToken();
  }

  /** The app-level token ({@code xapp-}) that opens sockets. */
  public String appToken() {
    return grants.appToken();
  }

  /** The workspace's id. */
  public String team() {
    return Team.ID;
  }

  /** The bot's user id. */
  public String bot() {
    return Team.BOT;
  }

  @Override
  public List<View.Person> people() {
    return Team.PEOPLE;
  }

  @Override
  public String channel(String name) {
    return here().workspace().named(name).id();
  }

  @Override
  public String direct(String person) {
    return here().workspace().direct(person).id();
  }

  @Override
  public View view(String person) {
    return new SlackView(here().workspace(), dialogs).of(person);
  }

  /** {@inheritDoc} Going to the direct messages is {@code app_home_opened}. */
  @Override
  public void enter(String person, Place place) {
    Room room = here().workspace().room(place.channel(), person);
    if (room.direct()) {
      here()
          .events()
          .send(
              Json.object(
                  "type",
                  "app_home_opened",
                  "user",
                  person,
                  "channel",
                  room.id(),
                  "tab",
                  "messages",
                  "event_ts",
                  ids.ts()));
    }
  }

  /**
   * {@inheritDoc}
   *
   * @param text at most 1,100,000 characters; {@code @sotto} and {@code @maria} mention
   */
  @Override
  public String say(String person, Place place, String text) {
    return here().writing().say(person, place, text);
  }

  @Override
  public void command(String person, Place place, String line) {
    Room room = here().workspace().room(place.channel(), person);
    here().interactions().command(person, room, place.thread(), line);
  }

  @Override
  public List<String> complete(String person, Place place, String line) {
    return List.of();
  }

  @Override
  public void press(String person, String message, String action) {
    Post post = here().workspace().seen(person, message);
    here().interactions().press(person, post, Blocks.press(post.content().blocks(), action));
  }

  @Override
  public void submit(String person, String modal, Map<String, String> values) {
    here().interactions().submit(person, modal, values);
  }

  @Override
  public void edit(String person, String message, String text) {
    here().writing().edit(person, message, text);
  }

  @Override
  public void delete(String person, String message) {
    here().writing().delete(person, message);
  }

  @Override
  public void react(String person, String message, String emoji) {
    here().writing().react(person, message, emoji);
  }

  @Override
  public String upload(String person, Place place, String text, Upload file) {
    return here().writing().upload(person, place, text, file);
  }

  /** The person stops what the bot is writing in a thread. */
  public void stop(String person, String channel, String thread) {
    here().streams().stopped(here().workspace().room(channel, person), thread, person);
  }

  /** Takes the bot into a channel or out of it; outside, it hears nothing and may say nothing. */
  public void member(String channel, boolean in) {
    here().workspace().room(channel).join(in);
  }

  /** Withdraws a scope from the bot token, for good. */
  public void withdraw(String scope) {
    grants.withdraw(scope);
  }

  /** Revokes both tokens, for good. */
  public void revoke() {
    grants.revoke();
  }

  /**
   * Asks every connection to be replaced.
   *
   * @param reason {@code warning}, {@code refresh_requested} or {@code link_disabled}
   */
  public void disconnect(String reason) {
    sockets.disconnect(reason);
  }

  /** From now on an event that happens while nobody is connected is lost. */
  public void giveUpOnTheAbsent() {
    sockets.giveUp();
  }

  /** Hears of each acknowledgement in time how long it took; in the place of who did before. */
  public void onAcknowledgement(Consumer<Duration> listener) {
    sockets.onAcknowledgement(listener);
  }

  /** How many payloads wait: for an acknowledgement, for a connection, or for release. */
  public int pending() {
    return sockets.pending();
  }

  /** How many events nobody acknowledged in the end. */
  public long lost() {
    return sockets.lost();
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
    return sockets;
  }

  @Override
  public void close() {
    timer.close();
  }
}
