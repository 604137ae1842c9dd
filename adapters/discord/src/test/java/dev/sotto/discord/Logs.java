package dev.sotto.discord;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.slf4j.LoggerFactory;

/** What is logged at every level, with JDA's own logging off as in the shipped configuration. */
final class Logs implements AutoCloseable {
  private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
  private final Logger ours = (Logger) LoggerFactory.getLogger("dev.sotto.discord");
  private final ListAppender<ILoggingEvent> appender = new ListAppender<>();

  Logs() {
    appender.start();
    root.addAppender(appender);
    ours.setLevel(Level.TRACE);
  }

  List<String> lines() {
    synchronized (appender) {
      return List.copyOf(appender.list).stream().map(Logs::line).toList();
    }
  }

  private static String line(ILoggingEvent event) {
    return event.getFormattedMessage()
        + (event.getThrowableProxy() == null ? "" : event.getThrowableProxy().getMessage());
  }

  @Override
  public void close() {
    root.detachAppender(appender);
    ours.setLevel(null);
  }
}
