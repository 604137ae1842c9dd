package dev.sotto.bots;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggerContextListener;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.List;
import java.util.logging.LogManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;

/**
 * What may be logged, whatever levels an operator sets. Libraries write what people said, ids and
 * tokens into their logs: those that carry it are silent, and all others say nothing below INFO.
 */
final class LogLimit extends TurboFilter {
  private static final String OURS = "dev.sotto.";

  /** What people said, or a key, passes through these; they quote it in warnings too. */
  private static final List<String> SILENT =
      List.of(
          "net.dv8tion.",
          "com.slack.",
          "okhttp3.",
          "okio.",
          "dev.langchain4j.",
          "com.google.crypto.",
          "org.eclipse.jetty.");

  /** Switches of the JDK that write every byte of a connection to standard error. */
  private static final List<String> SWITCHES =
      List.of(
          "javax.net.debug",
          "jdk.httpclient.HttpClient.log",
          "jdk.internal.httpclient.debug",
          "jdk.internal.httpclient.websocket.debug",
          "jdk.internal.httpclient.hpack.debug");

  /** Sets the limit for this process; nothing of what can be configured takes it away. */
  static void install() {
    SWITCHES.forEach(System::clearProperty);
    LogManager.getLogManager().reset();
    java.util.logging.Logger.getLogger("").setLevel(java.util.logging.Level.OFF);
    install((LoggerContext) LoggerFactory.getILoggerFactory());
  }

  static void install(LoggerContext context) {
    LogMask mask = new LogMask();
    addTo(context, mask);
    context.addListener(new AfterReset(mask));
  }

  /** As the first, because the first that decides does. */
  private static void addTo(LoggerContext context, LogMask mask) {
    context.getTurboFilterList().add(0, new LogLimit());
    context.getTurboFilterList().add(0, mask);
  }

  @Override
  public FilterReply decide(
      @Nullable Marker marker,
      Logger logger,
      Level level,
      @Nullable String format,
      Object @Nullable [] arguments,
      @Nullable Throwable cause) {
    String name = logger.getName();
    boolean mayBe =
        name.startsWith(OURS)
            || (level.isGreaterOrEqual(Level.INFO) && SILENT.stream().noneMatch(name::startsWith));
    return mayBe ? FilterReply.NEUTRAL : FilterReply.DENY;
  }

  /** A configuration that is read anew throws all filters out. */
  private static final class AfterReset implements LoggerContextListener {
    private final LogMask mask;

    AfterReset(LogMask mask) {
      this.mask = mask;
    }

    @Override
    public boolean isResetResistant() {
      return true;
    }

    @Override
    public void onReset(LoggerContext context) {
      addTo(context, mask);
    }

    @Override
    public void onStart(LoggerContext context) {}

    @Override
    public void onStop(LoggerContext context) {}

    @Override
    public void onLevelChange(Logger logger, Level level) {}
  }
}
