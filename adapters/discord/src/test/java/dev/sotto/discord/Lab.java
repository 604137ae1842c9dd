package dev.sotto.discord;

import static org.awaitility.Awaitility.await;

import dev.sotto.chat.ChatEvent;
import dev.sotto.chat.LiveReply;
import dev.sotto.chat.Reply;
import dev.sotto.chat.ReplyTarget;
import dev.sotto.chat.Secret;
import dev.sotto.chat.Shards;
import dev.sotto.sandbox.Sandbox;
import dev.sotto.sandbox.discord.DiscordServer;
import dev.sotto.sandbox.discord.Rules;
import dev.sotto.sandbox.side.Place;
import dev.sotto.sandbox.side.View;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** A Discord server on loopback, the adapter connected to it, and people who write there. */
final class Lab implements AutoCloseable {
  static final Duration TIMEOUT = Duration.ofSeconds(2);

  final DiscordServer server;
  final Sandbox sandbox;
  final RecordingInbox inbox = new RecordingInbox();
  final String channel;
  final String person;
  final String admin;
  final ShardTable table = new ShardTable();
  DiscordConnection connection;

  Lab() {
    this(Rules.real());
  }

  Lab(Rules rules) {
    this(rules, Clock.systemUTC());
  }

  Lab(Rules rules, Clock clock) {
    server = new DiscordServer(rules, clock);
    sandbox = Sandbox.start(0, server);
    List<View.Person> people = server.people();
    admin = people.stream().filter(View.Person::admin).findFirst().orElseThrow().id();
    person = people.stream().filter(it -> !it.admin()).findFirst().orElseThrow().id();
    channel =
        server.view(person).channels().stream()
            .filter(it -> !it.direct())
            .findFirst()
            .orElseThrow()
            .id();
    connection = connection(server.botToken());
  }

  DiscordConnection connection(String token) {
    return connection(token, table.program());
  }

  /** One more program, which shares the bot with those that have the same table. */
  DiscordConnection connection(Shards shards) {
    return connection(server.botToken(), shards);
  }

  private DiscordConnection connection(String token, Shards shards) {
    return new DiscordConnection(
        new DiscordSettings(
            Secret.of(token),
            URI.create(server.apiUrl().toString()),
            trust(sandbox.certificateAuthority()),
            TIMEOUT),
        shards,
        Clock.systemUTC());
  }

  Lab connected() {
    connection.connect(inbox, new FixedCatalogue());
    return this;
  }

  /** The same bot in a new process, as far as Discord can tell. */
  void restarted() {
    connection = connection(server.botToken());
    connected();
  }

  static X509TrustManager trust(String authority) {
    try {
      Certificate certificate =
          CertificateFactory.getInstance("X.509")
              .generateCertificate(
                  new ByteArrayInputStream(authority.getBytes(StandardCharsets.US_ASCII)));
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      trusted.setCertificateEntry("authority", certificate);
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(trusted);
      return (X509TrustManager) factory.getTrustManagers()[0];
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("no trust", e);
    }
  }

  String mention(String text) {
    return server.say(person, Place.in(channel), server.mention() + " " + text);
  }

  List<View.Bubble> bubbles(Place place) {
    return server.view(person).bubbles(place);
  }

  List<String> botTexts(Place place) {
    return botTexts(bubbles(place).stream());
  }

  private static List<String> botTexts(Stream<View.Bubble> bubbles) {
    return bubbles.filter(it -> it.author().bot()).map(View.Bubble::text).toList();
  }

  <T extends ChatEvent> T event(int index, Class<T> type) {
    await().atMost(Duration.ofSeconds(15)).until(() -> inbox.events().size() > index);
    return type.cast(inbox.events().get(index));
  }

  ChatEvent.Message message(int index) {
    return event(index, ChatEvent.Message.class);
  }

  static ReplyTarget target(ChatEvent.Message message, List<String> shown) {
    return new ReplyTarget(
        "k" + message.messageId(), message.address(), message.person(), message.messageId(), shown);
  }

  /** Answers as the core would. */
  void answer(ChatEvent.Message message, Reply reply) {
    answer(connection, message, reply);
  }

  void answer(DiscordConnection through, ChatEvent.Message message, Reply reply) {
    try (LiveReply live = through.platform().open(target(message, List.of()), _ -> {})) {
      live.finish(reply);
    }
  }

  void answer(ChatEvent.Message message, String text) {
    answer(message, Reply.of(text));
  }

  @Override
  public void close() {
    connection.close();
    sandbox.close();
  }
}
