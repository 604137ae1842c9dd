package dev.sotto.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.sun.net.httpserver.HttpExchange;
import dev.langchain4j.http.client.jdk.JdkHttpClient;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.sotto.chat.TrustedCertificates;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

@Timeout(60)
class ModelsTest {
  private static final String CANARY = "velvet-otter-4711";
  private static final Listener ALL = _ -> true;

  @TempDir static Path folder;
  private static PrivateAuthority authority;
  private static TrustedCertificates trusted;

  private ModelServer server;
  private final ListAppender<ILoggingEvent> logged = new ListAppender<>();

  @BeforeAll
  static void issue() throws Exception {
    authority = new PrivateAuthority();
    trusted = TrustedCertificates.andThoseOf(authority.pem(folder));
  }

  @BeforeEach
  void start() throws Exception {
    server = ModelServer.start(authority.server());
    logged.start();
    root().setLevel(Level.TRACE);
    root().addAppender(logged);
  }

  @AfterEach
  void stopAndFindNothingSaidInTheLog() {
    server.close();
    root().detachAppender(logged);
    root().setLevel(Level.INFO);
    assertThat(logged.list)
        .noneMatch(event -> event.getFormattedMessage().contains(CANARY))
        .noneMatch(event -> String.valueOf(event.getThrowableProxy()).contains(CANARY));
  }

  private static Logger root() {
    return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  }

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
    var models = models(settings(dialect, server.url(), Duration.ofMillis(300)));

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

  @Test
  void goesOnToTheNextModelWhileNothingWasHeard() throws Exception {
    try (var other = ModelServer.start(authority.server())) {
      server.thenRefuses(500, CANARY);
      other.thenSays(Dialect.ANTHROPIC, "from the second");
      var models =
          models(
              settings(Dialect.OPENAI, server.url(), Duration.ofSeconds(20)),
              settings(Dialect.ANTHROPIC, other.url(), Duration.ofSeconds(20)));

      Completion completion =
          models.answer(
              List.of("gemini/unset", "openai/m", "nonsense", "demo/x", "anthropic/m"),
              prompt(),
              ALL);

      assertThat(completion.model()).isEqualTo("anthropic/m");
      assertThat(logged.list).anyMatch(event -> event.getFormattedMessage().contains("openai/m"));
    }
  }

  @Test
  void staysWithTheModelThatBeganToSpeak() {
    server
        .then(ex -> ModelServer.stream(ex, Dialect.OPENAI.piece("half")))
        .thenSays(Dialect.OPENAI, "another answer");

    ModelException e = failure(models(Dialect.OPENAI), "openai/one", "openai/two");

    assertThat(e.reason()).isEqualTo(ModelException.Reason.BROKEN_OFF);
    assertThat(e.text()).isEqualTo("half");
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void letsTheDemoAnswerOnlyWhereNoOtherModelIsSetUp() {
    server.thenRefuses(500, "");
    var none = models();

    assertThat(none.answer(List.of("openai/m", "demo/x"), prompt(), ALL).model())
        .isEqualTo("demo/sotto");
    assertThat(failure(none, "openai/m").reason()).isEqualTo(ModelException.Reason.NOT_CONFIGURED);
    assertThat(failure(models(Dialect.OPENAI), "demo/x", "openai/m").reason())
        .isEqualTo(ModelException.Reason.REFUSED);
  }

  @Test
  void saysWhatKeepsAModelFromBeingAsked() {
    var models = models(Dialect.OPENAI);

    assertThat(models.problem("openai/gpt-5-mini")).isEmpty();
    assertThat(models.problem("openai/meta-llama/Llama-3.1:free")).isEmpty();
    assertThat(models.problem("demo/any")).isEmpty();
    assertThat(models.problem("anthropic/claude"))
        .hasValueSatisfying(line -> assertThat(line).contains("ANTHROPIC_API_KEY"));
    assertThat(models.problem("opneai/gpt"))
        .hasValueSatisfying(line -> assertThat(line).contains("opneai", "openai"));
    for (String wrong : List.of("gpt-5", "openai/", "gemini/../x", "openai/a b", "")) {
      assertThat(models.problem(wrong)).isPresent();
    }
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

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static ModelException failure(Models models, String... names) {
    return catchThrowableOfType(
        ModelException.class, () -> models.answer(List.of(names), prompt(), ALL));
  }

  private static Prompt prompt() {
    var said = List.of(new Prompt.Said(Prompt.Role.PERSON, "Hello"));
    return new Prompt("Be kind.", List.of(), said, 0.5);
  }

  private Models models(Dialect dialect) {
    return models(settings(dialect, server.url(), Duration.ofSeconds(20)));
  }

  private static Models models(ProviderSettings... settings) {
    return new Models(List.of(settings), new DemoModel(Duration.ZERO), trusted);
  }

  private static ProviderSettings settings(Dialect dialect, String url, Duration patience) {
    return new ProviderSettings(
        Provider.valueOf(dialect.name()).key(),
        dialect == Dialect.OLLAMA ? "" : "a-key",
        url + dialect.basePath(),
        false,
        patience,
        16_000);
  }
}
