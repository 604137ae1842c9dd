package dev.sotto.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockResponseBody;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okio.BufferedSink;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Connections to a provider that speaks HTTP/2, as the real ones do, or closes what is kept. */
class ConnectionsTest extends AgainstProviders {
  private static final int STREAMS = 50;
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final MockWebServer provider = new MockWebServer();
  private final ExecutorService people = Executors.newVirtualThreadPerTaskExecutor();

  @BeforeEach
  void listen() throws Exception {
    provider.useHttps(authority.server().getSocketFactory());
  }

  @AfterEach
  void close() {
    people.shutdownNow();
    provider.close();
  }

  @Test
  void manyAnswersShareOneAndEndingAnAnswerEndsNoOther() throws Exception {
    Models models = models();
    answer(models, new CountDownLatch(0));
    var end = new CountDownLatch(1);
    var begun = new CountDownLatch(STREAMS);
    provider.setDispatcher(new Held(end));

    Future<Completion> impatient = ask(models, begun, false);
    List<Future<Completion>> patient = new ArrayList<>();
    for (int i = 1; i < STREAMS; i++) {
      patient.add(ask(models, begun, true));
    }
    await(begun);

    assertThat(impatient.get().cut()).isTrue();
    end.countDown();
    for (Future<Completion> answer : patient) {
      assertThat(answer.get().text()).isEqualTo("first last");
    }
    for (int i = 0; i <= STREAMS; i++) {
      assertThat(provider.takeRequest().getConnectionIndex()).isZero();
    }
  }

  @Test
  void asksAgainOnANewOneWhenAllThatWereKeptAreDead() throws Exception {
    Models models = models(Dialect.OPENAI);
    Set<Integer> kept = ConcurrentHashMap.newKeySet();
    var end = new CountDownLatch(1);
    var begun = new CountDownLatch(2);
    server.then((exchange, _) -> {
      int connection = exchange.getRemoteAddress().getPort();
      if (end.getCount() > 0) {
        kept.add(connection);
        await(end);
      } else if (kept.contains(connection)) {
        exchange.close();
        return;
      }
      ModelServer.stream(exchange, Dialect.OPENAI.piece("yes"), Dialect.OPENAI.end());
    });
    List<Future<Completion>> both = List.of(ask(models, begun, true), ask(models, begun, true));
    Awaitility.await().until(() -> kept.size() == 2);
    end.countDown();
    for (Future<Completion> answer : both) {
      assertThat(answer.get().text()).isEqualTo("yes");
    }

    assertThat(ask(models, new CountDownLatch(1), true).get().text()).isEqualTo("yes");
  }

  private Models models() throws IOException {
    provider.setDispatcher(new Held(new CountDownLatch(0)));
    provider.start();
    return models(settings(Dialect.OPENAI, "https://127.0.0.1:" + provider.getPort(), PATIENCE));
  }

  private void answer(Models models, CountDownLatch end)
      throws ExecutionException, InterruptedException {
    provider.setDispatcher(new Held(end));
    assertThat(ask(models, new CountDownLatch(1), true).get().text()).isEqualTo("first last");
  }

  private Future<Completion> ask(Models models, CountDownLatch begun, boolean patient) {
    return people.submit(() ->
        models.answer(
            List.of("openai/m"),
            prompt(),
            _ -> {
              begun.countDown();
              return patient;
            }));
  }

  /** Says a first word, waits, and says the last one. */
  private static final class Held extends Dispatcher {
    private final CountDownLatch end;

    Held(CountDownLatch end) {
      this.end = end;
    }

    @Override
    public MockResponse dispatch(RecordedRequest request) {
      return new MockResponse.Builder().body(new HeldBody(end)).build();
    }
  }

  private record HeldBody(CountDownLatch end) implements MockResponseBody {
    @Override
    public long getContentLength() {
      return -1;
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
      sink.writeUtf8(Dialect.OPENAI.piece("first ")).flush();
      await(end);
      sink.writeUtf8(Dialect.OPENAI.piece("last") + Dialect.OPENAI.end());
    }
  }
}
