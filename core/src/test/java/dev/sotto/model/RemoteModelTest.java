package dev.sotto.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import dev.langchain4j.http.client.jdk.JdkHttpClient;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RemoteModelTest extends AgainstProviders {
  @ParameterizedTest
  @EnumSource
  void tellsEveryPieceBeforeTheEnd(Dialect dialect) {
    var heard = new CountDownLatch(1);
    server.then(exchange -> {
      exchange.sendResponseHeaders(200, 0);
      exchange.getResponseBody().write(bytes(dialect.begin() + dialect.piece("Grüße, ")));
      exchange.getResponseBody().flush();
      await(heard);
      exchange.getResponseBody().write(bytes(dialect.piece("Ada") + dialect.end()));
      exchange.close();
    });
    var pieces = new ArrayList<String>();

    Completion completion =
        models(dialect)
            .answer(
                List.of(dialect.model()),
                prompt(),
                piece -> {
                  pieces.add(piece);
                  heard.countDown();
                  return true;
                });

    assertThat(pieces).containsExactly("Grüße, ", "Ada");
    assertThat(completion).isEqualTo(new Completion("Grüße, Ada", dialect.model(), false, 7, 3));
  }

  @ParameterizedTest
  @EnumSource
  void sendsInstructionsPassagesAndWhatWasSaid(Dialect dialect) {
    server.thenSays(dialect, "yes");
    var prompt =
        new Prompt(
            "Be kind.",
            List.of(new Prompt.Passage("handbook.md", "Doors", "The door is blue.")),
            List.of(
                new Prompt.Said(Prompt.Role.ASSISTANT, "an answer without its question"),
                new Prompt.Said(Prompt.Role.PERSON, "first"),
                new Prompt.Said(Prompt.Role.ASSISTANT, "second"),
                new Prompt.Said(Prompt.Role.PERSON, CANARY)),
            0.25);

    models(dialect).answer(List.of(dialect.model()), prompt, ALL);

    ModelServer.Request request = server.requests().getFirst();
    assertThat(request.path()).isEqualTo(dialect.path());
    assertThat(request.body())
        .contains("Be kind.", "handbook.md", "Doors", "The door is blue.", "0.25", "16000")
        .containsSubsequence("first", "second", CANARY)
        .doesNotContain("without its question");
    assertThat(request.key().contains("a-key")).isEqualTo(dialect != Dialect.OLLAMA);
  }

  @ParameterizedTest
  @EnumSource
  void reportsTheStatusOfARefusalAndNotItsWords(Dialect dialect) {
    for (int status : new int[] {401, 404, 429, 500, 503, 302}) {
      server.thenRefuses(status, "{\"error\":{\"message\":\"" + CANARY + "\"}}");
    }
    for (int status : new int[] {401, 404, 429, 500, 503, 302}) {
      ModelException e = failure(models(dialect), dialect.model());

      assertThat(e.reason()).isEqualTo(ModelException.Reason.REFUSED);
      assertThat(e.status()).isEqualTo(status);
      assertThat(e.honestLine()).contains(dialect.model(), "HTTP " + status).hasLineCount(1);
      assertThat(e).hasNoCause().hasMessage(e.honestLine());
    }
  }

  @ParameterizedTest
  @EnumSource
  void callsAStreamWithoutItsEndMarkBrokenOff(Dialect dialect) {
    server.then(ex -> ModelServer.stream(ex, dialect.begin(), dialect.piece(CANARY)));

    ModelException e = failure(models(dialect), dialect.model());

    assertThat(e.reason()).isEqualTo(ModelException.Reason.BROKEN_OFF);
    assertThat(e.text()).isEqualTo(CANARY);
    assertThat(e.honestLine()).doesNotContain(CANARY);
  }

  @ParameterizedTest
  @EnumSource
  void keepsWhatCameOverAConnectionThatBreaks(Dialect dialect) {
    var heard = new CountDownLatch(1);
    server.then(exchange -> {
      exchange.sendResponseHeaders(200, 100_000);
      exchange.getResponseBody().write(bytes(dialect.begin() + dialect.piece(CANARY)));
      exchange.getResponseBody().flush();
      await(heard);
      exchange.close();
    });

    ModelException e =
        catchThrowableOfType(
            ModelException.class,
            () ->
                models(dialect)
                    .answer(
                        List.of(dialect.model()),
                        prompt(),
                        _ -> {
                          heard.countDown();
                          return true;
                        }));

    assertThat(e.reason()).isEqualTo(ModelException.Reason.BROKEN_OFF);
    assertThat(e.text()).isEqualTo(CANARY);
  }

  @Test
  void wouldTakeABrokenAnswerForAWholeOneOnTheTransportOfTheLibrary() {
    server.then(ex -> ModelServer.stream(ex, Dialect.OPENAI.piece("half")));
    var transport =
        JdkHttpClient.builder()
            .httpClientBuilder(HttpClient.newBuilder().sslContext(trusted.context()));
    var settings = settings(Dialect.OPENAI, server.url(), Duration.ofSeconds(20));
    var answer = new CompletableFuture<ChatResponse>();

    Provider.OPENAI.client("m", settings, transport).chat("Hello", completing(answer));

    assertThat(answer.join().aiMessage().text()).isEqualTo("half");
  }

  private static StreamingChatResponseHandler completing(CompletableFuture<ChatResponse> answer) {
    return new StreamingChatResponseHandler() {
      @Override
      public void onPartialResponse(String piece) {}

      @Override
      public void onCompleteResponse(ChatResponse response) {
        answer.complete(response);
      }

      @Override
      public void onError(Throwable error) {
        answer.completeExceptionally(error);
      }
    };
  }

  @ParameterizedTest
  @EnumSource
  void callsWhatIsNoAnswerGarbage(Dialect dialect) {
    server
        .then(ex -> ModelServer.stream(ex, "<html><body>" + CANARY + "</body></html>"))
        .then(ex ->
            ModelServer.stream(
                ex,
                dialect.begin(),
                dialect.piece("x").replaceAll("\\{.*", "{" + CANARY + "}"),
                dialect.end()));

    for (int i = 0; i < 2; i++) {
      ModelException e = failure(models(dialect), dialect.model());

      assertThat(e.reason()).isEqualTo(ModelException.Reason.GARBAGE);
      assertThat(e).hasNoCause();
    }
  }

  @ParameterizedTest
  @EnumSource
  void callsAnAnswerWithoutTextEmpty(Dialect dialect) {
    server
        .then(ex -> ModelServer.stream(ex, dialect.begin(), dialect.end()))
        .then(ex -> ModelServer.stream(ex, dialect.begin(), dialect.piece(" "), dialect.end()))
        .then(ex -> ModelServer.stream(ex));

    for (int i = 0; i < 3; i++) {
      assertThat(failure(models(dialect), dialect.model()).reason())
          .isEqualTo(ModelException.Reason.EMPTY);
    }
  }

  @ParameterizedTest
  @EnumSource
  void closesTheConnectionOfAnEndlessAnswerWhenItIsEnough(Dialect dialect) {
    var closed = new CountDownLatch(1);
    server.then(exchange -> endless(exchange, dialect, closed));
    var heard = new StringBuilder();

    Completion completion =
        models(dialect)
            .answer(
                List.of(dialect.model()),
                prompt(),
                piece -> heard.append(piece).length() < 120_000);

    assertThat(completion.cut()).isTrue();
    assertThat(completion.text()).hasSizeGreaterThanOrEqualTo(120_000).isEqualTo(heard.toString());
    await(closed);
  }

  @Test
  void closesTheConnectionOfAnAnswerOfTenMegabytesAtItsOwnLimit() {
    var closed = new CountDownLatch(1);
    server.then(exchange -> endless(exchange, Dialect.OPENAI, closed));

    Completion completion =
        models(Dialect.OPENAI).answer(List.of(Dialect.OPENAI.model()), prompt(), ALL);

    assertThat(completion.cut()).isTrue();
    assertThat(completion.text()).hasSize(1_000_000);
    await(closed);
  }

  @ParameterizedTest
  @EnumSource
  void waitsForASilentModelOnlySoLong(Dialect dialect) {
    var over = new CountDownLatch(1);
    server
        .then(_ -> await(over))
        .then(exchange -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write(bytes(dialect.begin() + dialect.piece("So")));
          exchange.getResponseBody().flush();
          await(over);
        });
    var models = models(settings(dialect, server.url(), Duration.ofSeconds(2)));

    ModelException silent = failure(models, dialect.model());
    ModelException stuck = failure(models, dialect.model());
    over.countDown();

    assertThat(List.of(silent.reason(), stuck.reason()))
        .containsOnly(ModelException.Reason.TIMED_OUT);
    assertThat(stuck.text()).isEqualTo("So");
  }

  @Test
  void doesNotWaitForAServerThatKeepsTheConnectionOpenAfterTheEndMark() {
    var over = new CountDownLatch(1);
    server.then(exchange -> {
      exchange.sendResponseHeaders(200, 0);
      exchange.getResponseBody().write(bytes(Dialect.OPENAI.piece("done") + Dialect.OPENAI.end()));
      exchange.getResponseBody().flush();
      await(over);
    });

    Completion completion =
        models(Dialect.OPENAI).answer(List.of(Dialect.OPENAI.model()), prompt(), ALL);
    over.countDown();

    assertThat(completion.text()).isEqualTo("done");
  }

  @ParameterizedTest
  @EnumSource
  void refusesATls12ServerAndAnUnknownAuthority(Dialect dialect) throws Exception {
    try (var outdated = ModelServer.startOutdated(authority.server());
        var strange = ModelServer.start(new PrivateAuthority().server())) {
      for (ModelServer unsafe : List.of(outdated, strange)) {
        var models = models(settings(dialect, unsafe.url(), Duration.ofSeconds(20)));

        ModelException e = failure(models, dialect.model());

        assertThat(e.reason()).isEqualTo(ModelException.Reason.TLS);
        assertThat(e.honestLine()).contains("TLS", "certificate");
        assertThat(unsafe.requests()).isEmpty();
      }
    }
  }

  @Test
  void saysThatNobodyListens() throws IOException {
    int port;
    try (var socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    var models =
        models(settings(Dialect.OPENAI, "https://127.0.0.1:" + port, Duration.ofSeconds(20)));

    assertThat(failure(models, "openai/m").reason()).isEqualTo(ModelException.Reason.UNREACHABLE);
  }

  @Test
  void asksAgainWithoutTheSettingsThatAModelRefuses() {
    server.thenRefuses(400, "{}").thenSays(Dialect.OPENAI, "yes");
    var models = models(Dialect.OPENAI);

    models.answer(List.of("openai/m"), prompt(), ALL);
    models.answer(List.of("openai/m"), prompt(), ALL);

    assertThat(server.requests()).hasSize(3);
    assertThat(server.requests().get(0).body()).contains("temperature", "\"max_tokens\"");
    assertThat(server.requests().subList(1, 3))
        .allSatisfy(request ->
            assertThat(request.body())
                .contains("max_completion_tokens")
                .doesNotContain("temperature", "\"max_tokens\""));
  }

  private static void endless(HttpExchange exchange, Dialect dialect, CountDownLatch closed)
      throws IOException {
    exchange.sendResponseHeaders(200, 0);
    byte[] piece = bytes(dialect.piece("x".repeat(1_000)));
    try {
      exchange.getResponseBody().write(bytes(dialect.begin()));
      for (int i = 0; i < 1_000_000; i++) {
        exchange.getResponseBody().write(piece);
        exchange.getResponseBody().flush();
      }
    } catch (IOException e) {
      closed.countDown();
      throw e;
    }
  }
}
