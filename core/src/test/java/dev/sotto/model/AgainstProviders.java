package dev.sotto.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.sotto.chat.TrustedCertificates;
import dev.sotto.telemetry.Telemetry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.opentelemetry.api.trace.TracerProvider;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.LoggerFactory;

/** Providers on loopback, a private authority, and a look into the log after every test. */
@Timeout(60)
@Isolated("looks into the log of everything")
abstract class AgainstProviders {
  ModelServer server;
  final ListAppender<ILoggingEvent> logged = new ListAppender<>();

  @TempDir static Path folder;
  static PrivateAuthority authority;
  static TrustedCertificates trusted;

  static final String CANARY = "velvet-otter-4711";
  static final Listener ALL = _ -> true;

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

  static Logger root() {
    return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  }

  static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static ModelException failure(Models models, String... names) {
    return catchThrowableOfType(
        ModelException.class, () -> models.answer(List.of(names), prompt(), ALL));
  }

  static Prompt prompt() {
    var said = List.of(new Prompt.Said(Prompt.Role.PERSON, "Hello"));
    return new Prompt("Be kind.", List.of(), said, 0.5);
  }

  Models models(Dialect dialect) {
    return models(settings(dialect, server.url(), Duration.ofSeconds(20)));
  }

  static Models models(ProviderSettings... settings) {
    Telemetry nobody = new Telemetry(new CompositeMeterRegistry(), TracerProvider.noop());
    return new Models(List.of(settings), new DemoModel(Duration.ZERO), trusted, nobody);
  }

  static ProviderSettings settings(Dialect dialect, String url, Duration patience) {
    return new ProviderSettings(
        Provider.valueOf(dialect.name()).key(),
        dialect == Dialect.OLLAMA ? "" : "a-key",
        url + dialect.basePath(),
        false,
        patience,
        16_000);
  }
}
