package dev.sotto.slack;

import com.slack.api.Slack;
import com.slack.api.SlackConfig;
import com.slack.api.util.http.SlackHttpClient;
import dev.sotto.chat.Address;
import dev.sotto.chat.ChatEvent;
import dev.sotto.chat.CommandCatalogue;
import dev.sotto.chat.Inbox;
import dev.sotto.chat.InboxUnavailableException;
import dev.sotto.chat.LiveReply;
import dev.sotto.chat.Person;
import dev.sotto.chat.Platform;
import dev.sotto.chat.ReplyTarget;
import dev.sotto.chat.Secret;
import dev.sotto.sandbox.Sandbox;
import dev.sotto.sandbox.side.Place;
import dev.sotto.sandbox.side.View;
import dev.sotto.sandbox.slack.SlackServer;
import dev.sotto.sandbox.slack.SlackTiming;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.OkHttpClient;
import org.awaitility.Awaitility;

/** The sandbox's Slack with one connection to it, and an inbox in memory. */
final class SlackWorld implements AutoCloseable {
  static final Duration TIMEOUT = Duration.ofSeconds(2);

  final SlackServer slack;
  final Sandbox sandbox;
  final MemoryInbox inbox = new MemoryInbox();
  final List<String> shown = new CopyOnWriteArrayList<>();
  private final List<SlackConnection> connections = new CopyOnWriteArrayList<>();
  private final AtomicInteger keys = new AtomicInteger();

  SlackWorld() {
    this(new SlackServer(SlackTiming.compressed()));
  }

  SlackWorld(SlackServer slack) {
    this.slack = slack;
    this.sandbox = Sandbox.start(0, slack);
  }

  /** Takes envelopes for an inbox, connected to nothing. */
  static SlackEvents events(Inbox inbox) {
    Slack slack = Slack.getInstance(new SlackConfig());
    SlackApi nowhere = new SlackApi(slack.getHttpClient(), "https://localhost:1/", "x");
    SlackTranslator translator =
        new SlackTranslator(new SlackIdentity("UBOT", "T1", "Acme"), Clock.systemUTC());
    return new SlackEvents(
        slack,
        translator,
        inbox,
        new SlackOrder(inbox, Thread::startVirtualThread),
        new SlackCatchUp(
            new SlackHistory(nowhere),
            new SlackPast(translator),
            inbox,
            Runnable::run,
            SlackCatchUp.REPEATS));
  }

  /** Keeps events by id and by message, as a durable inbox does. */
  static final class MemoryInbox implements Inbox {
    final List<ChatEvent> events = new CopyOnWriteArrayList<>();
    final AtomicInteger down = new AtomicInteger();
    final AtomicInteger deliveries = new AtomicInteger();
    private final Set<String> known = ConcurrentHashMap.newKeySet();
    private final Map<Address, Seen> places = new ConcurrentHashMap<>();

    @Override
    public Receipt accept(ChatEvent event) {
      deliveries.incrementAndGet();
      if (down.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
        throw new InboxUnavailableException("down", new IllegalStateException());
      }
      if (event instanceof ChatEvent.Message said
          && !said.toUs()
          && !places.containsKey(said.address())) {
        return Receipt.IGNORED;
      }
      String message = event instanceof ChatEvent.Message said ? said.messageId() : event.id();
      boolean newEvent = known.add(event.id());
      boolean newMessage = known.add("message " + message);
      if (!newEvent || !newMessage) {
        return Receipt.REPEATED;
      }
      places.merge(
          event.address(),
          new Seen(event.address(), event.at()),
          (one, other) -> one.at().isAfter(other.at()) ? one : other);
      events.add(event);
      return Receipt.ACCEPTED;
    }

    @Override
    public List<Seen> places(Platform platform) {
      if (down.get() > 0) {
        throw new InboxUnavailableException("down", new IllegalStateException());
      }
      return places.values().stream().sorted(Comparator.comparing(Seen::at).reversed()).toList();
    }

    Stream<ChatEvent.Message> messages() {
      return events.stream()
          .filter(ChatEvent.Message.class::isInstance)
          .map(ChatEvent.Message.class::cast);
    }
  }

  /** No commands: Slack is told none. */
  record NoCommands() implements CommandCatalogue {
    @Override
    public List<Group> groups() {
      return List.of();
    }

    @Override
    public List<String> complete(Address address, Person person, Option option, String typed) {
      return List.of();
    }
  }

  SlackSettings settings() {
    return new SlackSettings(
        Secret.of(slack.botToken()),
        Secret.of(slack.appToken()),
        slack.apiUrl(),
        trust(sandbox),
        TIMEOUT);
  }

  SlackSettings settings(URI url) {
    return new SlackSettings(
        Secret.of(slack.botToken()), Secret.of(slack.appToken()), url, trust(sandbox), TIMEOUT);
  }

  /** Slack itself, for who has that token. */
  SlackApi api(String token) {
    SlackHttpClient http =
        new SlackHttpClient(Tls.okHttp(new OkHttpClient(), trust(sandbox), TIMEOUT));
    return new SlackApi(http, slack.apiUrl().toString(), token);
  }

  SlackConnection connect() {
    SlackConnection connection = connection(settings(), Clock.systemUTC());
    connection.connect(inbox, new NoCommands());
    return connection;
  }

  /** Not yet connected. */
  SlackConnection connection(SlackSettings settings, Clock clock) {
    SlackConnection connection = new SlackConnection(settings, clock);
    connections.add(connection);
    return connection;
  }

  ReplyTarget target(ChatEvent.Message message) {
    return target(message, List.of());
  }

  ReplyTarget target(ChatEvent.Message message, List<String> before) {
    String key = "key-" + keys.incrementAndGet();
    return new ReplyTarget(key, message.address(), message.person(), message.messageId(), before);
  }

  LiveReply open(SlackConnection connection, ReplyTarget target) {
    return connection.platform().open(target, shown::add);
  }

  /** Says it to the bot and waits until it has arrived. */
  ChatEvent.Message ask(String text) {
    String ts = slack.say(SlackServer.MARIA, Place.in(SlackServer.GENERAL), "@sotto " + text);
    return arrived(ts);
  }

  ChatEvent.Message arrived(String ts) {
    return Awaitility.await()
        .until(
            () -> inbox.messages().filter(said -> said.messageId().endsWith(ts)).findFirst(),
            Optional::isPresent)
        .orElseThrow();
  }

  /** What stands in the thread below a message. */
  List<View.Bubble> replies(ChatEvent.Message message) {
    Address address = message.address();
    return slack
        .view(message.person().id())
        .bubbles(Place.in(address.channel(), address.thread().orElseThrow()))
        .stream()
        .filter(bubble -> bubble.author().bot())
        .toList();
  }

  List<String> texts(ChatEvent.Message message) {
    return replies(message).stream().map(View.Bubble::text).toList();
  }

  int calls(String method) {
    return slack.faults().calls(method).size();
  }

  static X509TrustManager trust(Sandbox sandbox) {
    return trust(sandbox.certificateAuthority());
  }

  static X509TrustManager trust(String authority) {
    try {
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      byte[] pem = authority.getBytes(StandardCharsets.US_ASCII);
      trusted.setCertificateEntry(
          "sandbox",
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(pem)));
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(trusted);
      return (X509TrustManager) factory.getTrustManagers()[0];
    } catch (java.security.GeneralSecurityException | java.io.IOException e) {
      throw new IllegalStateException("no trust in the sandbox", e);
    }
  }

  @Override
  public void close() {
    connections.forEach(SlackConnection::close);
    sandbox.close();
  }
}
