package dev.sotto.bots;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.read.ListAppender;
import ch.qos.logback.core.spi.FilterReply;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Marker;

@Isolated("it changes what is logged")
class LogLimitTest {
  private final LoggerContext context = new LoggerContext();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "net.dv8tion.jda.api.requests.RestAction",
        "com.slack.api.bolt.App",
        "okhttp3.OkHttpClient",
        "dev.langchain4j.http.client.log.LoggingHttpClient"
      })
  void silencesALibraryThatCarriesWhatPeopleSay(String name) {
    assertThat(logged(name, Level.ERROR)).isEqualTo(1);

    LogLimit.install(context);

    assertThat(logged(name, Level.ERROR)).isZero();
  }

  @Test
  void letsOtherLibrariesSayWhatTheyDoButNotWithWhat() {
    LogLimit.install(context);

    assertThat(logged("com.zaxxer.hikari.HikariDataSource", Level.INFO)).isEqualTo(1);
    assertThat(logged("com.zaxxer.hikari.HikariDataSource", Level.DEBUG)).isZero();
  }

  @Test
  void leavesOurOwnWordsAsTheyAre() {
    LogLimit.install(context);

    assertThat(logged("dev.sotto.bots.Bots", Level.TRACE)).isEqualTo(1);
  }

  @Test
  void holdsAfterTheConfigurationWasReadAnew() {
    LogLimit.install(context);

    context.reset();

    assertThat(logged("net.dv8tion.jda.api.JDA", Level.ERROR)).isZero();
  }

  @Test
  void holdsAgainstAFilterThatLetsEverythingThrough() {
    context.addTurboFilter(
        new TurboFilter() {
          @Override
          public FilterReply decide(
              @Nullable Marker marker,
              Logger logger,
              Level level,
              @Nullable String format,
              Object @Nullable [] arguments,
              @Nullable Throwable cause) {
            return FilterReply.ACCEPT;
          }
        });

    LogLimit.install(context);

    assertThat(logged("net.dv8tion.jda.api.JDA", Level.ERROR)).isZero();
  }

  private int logged(String name, Level level) {
    Logger logger = context.getLogger(name);
    logger.setLevel(Level.TRACE);
    ListAppender<ILoggingEvent> seen = new ListAppender<>();
    seen.start();
    logger.addAppender(seen);
    logger.atLevel(org.slf4j.event.Level.valueOf(level.toString())).log("said");
    logger.detachAppender(seen);
    return seen.list.size();
  }
}
