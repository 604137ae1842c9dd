package dev.sotto.bots;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.MDC;

@Isolated("it changes what is logged")
class LogMaskTest {
  private static final String SECRET = "xoxb-20417-brackenfold";
  private static final String PASSPHRASE = "thorn \"hedge\" & brüke";

  private final LoggerContext context = new LoggerContext();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final Logger library = context.getLogger("com.zaxxer.hikari.HikariDataSource");

  @BeforeEach
  void configure() {
    context.setMDCAdapter(MDC.getMDCAdapter());
    appendTo(context.getLogger(Logger.ROOT_LOGGER_NAME));
    library.setLevel(Level.TRACE);
  }

  static Stream<org.slf4j.event.Level> levels() {
    return Stream.of(org.slf4j.event.Level.values());
  }

  @ParameterizedTest
  @MethodSource("levels")
  void masksWhatALibraryLogsAtEveryLevel(org.slf4j.event.Level level) {
    speak(level);
    assertThat(said()).contains(SECRET, PASSPHRASE);
    out.reset();

    LogLimit.install(context);
    LogMask.know(context, List.of(SECRET, PASSPHRASE));
    speak(level);
    library.atLevel(level).addKeyValue("password", PASSPHRASE).log("fluently {}", SECRET);

    assertThat(said()).doesNotContain("brackenfold", "hedge", "thorn");
    if (level.toInt() >= org.slf4j.event.Level.INFO.toInt()) {
      assertThat(said()).contains("with [REDACTED]", "refused [REDACTED]", "fluently [REDACTED]");
    }
  }

  @Test
  void masksOurOwnWordsToo() {
    LogLimit.install(context);
    LogMask.know(context, List.of(SECRET));

    context.getLogger("dev.sotto.bots.Bots").error("with {}", SECRET);

    assertThat(said()).contains("with [REDACTED]").doesNotContain(SECRET);
  }

  @Test
  void masksTheFormsOfAnAddressAndOfJson() {
    LogLimit.install(context);
    LogMask.know(context, List.of(PASSPHRASE));

    library.info(
        "thorn+%22hedge%22+%26+br%C3%BCke and {}", "{\"p\":\"thorn \\\"hedge\\\" & brüke\"}");

    assertThat(said()).contains("[REDACTED] and {\"p\":\"[REDACTED]\"}");
  }

  @Test
  void holdsAfterTheConfigurationWasReadAnewAndForAnAppenderThatComesLater() {
    LogLimit.install(context);
    LogMask.know(context, List.of(SECRET));

    context.reset();
    AsyncAppender async = new AsyncAppender();
    async.setContext(context);
    async.addAppender(appender());
    async.start();
    library.addAppender(async);
    library.info("with {}", SECRET);
    async.stop();

    assertThat(said()).contains("with [REDACTED]").doesNotContain(SECRET);
  }

  @Test
  void leavesAnEverydayWordThatIsTooShortForASecret() {
    LogLimit.install(context);
    LogMask.know(context, List.of("sotto", ""));

    library.info("sotto goes on");

    assertThat(said()).contains("sotto goes on");
  }

  private void speak(org.slf4j.event.Level level) {
    var cause = new IllegalStateException("refused " + SECRET, new Exception("of " + PASSPHRASE));
    try (var _ = MDC.putCloseable("who", SECRET)) {
      library.atLevel(level).setCause(cause).log("with {} and {}", SECRET, PASSPHRASE);
      switch (level) {
        case TRACE -> library.trace("with {} and {}", SECRET, PASSPHRASE, cause);
        case DEBUG -> library.debug("with {} and {}", SECRET, PASSPHRASE, cause);
        case INFO -> library.info("with {} and {}", SECRET, PASSPHRASE, cause);
        case WARN -> library.warn("with {} and {}", SECRET, PASSPHRASE, cause);
        case ERROR -> library.error("with {} and {}", SECRET, PASSPHRASE, cause);
      }
    }
  }

  private void appendTo(Logger logger) {
    logger.addAppender(appender());
  }

  private OutputStreamAppender<ILoggingEvent> appender() {
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern("%level %logger %mdc %kvp %msg%n%ex");
    encoder.setCharset(StandardCharsets.UTF_8);
    encoder.start();
    OutputStreamAppender<ILoggingEvent> appender = new OutputStreamAppender<>();
    appender.setContext(context);
    appender.setEncoder(encoder);
    appender.setOutputStream(out);
    appender.start();
    return appender;
  }

  private String said() {
    return out.toString(StandardCharsets.UTF_8);
  }
}
