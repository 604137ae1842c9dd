package dev.sotto.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import dev.sotto.chat.Address;
import dev.sotto.chat.Platform;
import dev.sotto.chat.Workspace;
import dev.sotto.sandbox.side.Place;
import dev.sotto.sandbox.slack.SlackServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import okhttp3.FormBody;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Messages whose threads are run in the worst order. */
class SlackLinkTest {
  private static final Address PLACE =
      new Address(
          new Workspace(Platform.SLACK, "T1"), Address.Kind.DIRECT, "D1", Optional.of("1.000100"));

  private final SlackWorld world = new SlackWorld();
  private final Place direct = Place.in(world.slack.direct(SlackServer.TOM));
  private final List<String> arrived = new CopyOnWriteArrayList<>();
  private final List<String> taken = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void thoseOfOnePlaceAreTakenInTheOrderOfTheirArrival() throws InterruptedException {
    takeBackwards(Optional.of(PLACE));

    assertThat(taken).containsExactly("one", "two", "three");
  }

  @Test
  void twinWithoutAPlaceAreTakenAsTheirThreadsRun() throws InterruptedException {
    takeBackwards(Optional.empty());

    assertThat(taken).containsExactly("three", "two", "one");
  }

  private void takeBackwards(Optional<Address> place) throws InterruptedException {
    Deque<Runnable> threads = new ArrayDeque<>();
    try (HttpClient http =
        HttpClient.newBuilder()
            .sslContext(Tls.context(SlackWorld.trust(world.sandbox)))
            .sslParameters(Tls.parameters())
            .build()) {
      SlackLink link =
          SlackLink.open(http, address(), handler(place), threads::add, SlackWorld.TIMEOUT);
      link.awaitGreeting();
      for (String text : List.of("one", "two", "three")) {
        world.slack.say(SlackServer.TOM, direct, text);
      }
      await().until(() -> arrived.containsAll(List.of("one", "two", "three")));
      while (!threads.isEmpty()) {
        threads.removeLast().run();
      }
      link.close();
    }
  }

  private SlackLink.Handler handler(Optional<Address> place) {
    return new SlackLink.Handler() {
      @Override
      public Optional<Address> place(String message) {
        arrived.add(text(message));
        return place;
      }

      @Override
      public Optional<String> take(String message) {
        Optional.of(text(message)).filter(text -> !text.isEmpty()).ifPresent(taken::add);
        return Optional.empty();
      }
    };
  }

  private static String text(String message) {
    JsonObject payload = SlackJson.object(SlackJson.parse(message), "payload");
    return SlackJson.text(SlackJson.object(payload, "event"), "text");
  }

  private URI address() {
    var answer =
        world.api(world.slack.appToken()).call("apps.connections.open", new FormBody.Builder());
    return URI.create(SlackJson.text(answer, "url"));
  }
}
