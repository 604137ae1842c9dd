package dev.sotto.bots;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.EncoderBase;
import ch.qos.logback.core.spi.AppenderAttachable;
import ch.qos.logback.core.spi.FilterReply;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;

/**
 * The last line behind {@link LogLimit}: secrets that are known are masked in the bytes of every
 * log line, whichever part of it they stand in. Holds for every appender that writes lines to a
 * stream or a file, also for one that comes later: it is looked after before each event. At most
 * {@link #MOST} secrets of at least {@link #SHORTEST} characters.
 */
final class LogMask extends TurboFilter {
  static final int SHORTEST = 6;
  static final int MOST = 1_000;
  private static final String MASK = "[REDACTED]";

  private final CopyOnWriteArraySet<String> forms = new CopyOnWriteArraySet<>();

  /** Masks these from now on, where logs are limited. */
  static void know(LoggerContext context, Collection<String> secrets) {
    context.getTurboFilterList().stream()
        .filter(LogMask.class::isInstance)
        .map(LogMask.class::cast)
        .forEach(it -> it.know(secrets));
  }

  private void know(Collection<String> secrets) {
    List<String> all =
        Stream.concat(secrets.stream().flatMap(LogMask::forms), forms.stream())
            .distinct()
            .limit(MOST)
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList();
    forms.clear();
    forms.addAll(all);
  }

  /** As it is, in JSON, and in an address; each as its bytes in UTF-8. */
  private static Stream<String> forms(String secret) {
    return Stream.of(
            secret,
            secret.replace("\\", "\\\\").replace("\"", "\\\""),
            URLEncoder.encode(secret, StandardCharsets.UTF_8))
        .filter(it -> it.length() >= SHORTEST)
        .map(it -> new String(it.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
  }

  @Override
  public FilterReply decide(
      @Nullable Marker marker,
      Logger logger,
      Level level,
      @Nullable String format,
      Object @Nullable [] arguments,
      @Nullable Throwable cause) {
    if (level.isGreaterOrEqual(logger.getEffectiveLevel())) {
      lookAfter(logger);
    }
    return FilterReply.NEUTRAL;
  }

  private void lookAfter(Logger logger) {
    LoggerContext context = logger.getLoggerContext();
    String name = logger.getName();
    for (int end = name.length(); end > 0; end = name.lastIndexOf('.', end - 1)) {
      Logger above = context.exists(name.substring(0, end));
      if (above != null) {
        above.iteratorForAppenders().forEachRemaining(this::mask);
      }
    }
    context.getLogger(Logger.ROOT_LOGGER_NAME).iteratorForAppenders().forEachRemaining(this::mask);
  }

  private void mask(Appender<ILoggingEvent> appender) {
    if (appender instanceof OutputStreamAppender<ILoggingEvent> stream
        && !(stream.getEncoder() instanceof Masking)) {
      stream.setEncoder(new Masking(stream.getEncoder()));
    }
    if (appender instanceof AppenderAttachable<?> others) {
      for (Iterator<?> it = others.iteratorForAppenders(); it.hasNext(); ) {
        @SuppressWarnings("unchecked")
        Appender<ILoggingEvent> inner = (Appender<ILoggingEvent>) it.next();
        mask(inner);
      }
    }
  }

  private byte[] masked(byte[] line) {
    String text = new String(line, StandardCharsets.ISO_8859_1);
    String clean = text;
    for (String form : forms) {
      clean = clean.replace(form, MASK);
    }
    return clean.equals(text) ? line : clean.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** What an encoder makes of an event, without the secrets. */
  private final class Masking extends EncoderBase<ILoggingEvent> {
    private final Encoder<ILoggingEvent> encoder;

    Masking(Encoder<ILoggingEvent> encoder) {
      this.encoder = encoder;
    }

    @Override
    public byte[] headerBytes() {
      return encoder.headerBytes();
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
      return masked(encoder.encode(event));
    }

    @Override
    public byte[] footerBytes() {
      return encoder.footerBytes();
    }

    @Override
    public boolean isStarted() {
      return encoder.isStarted();
    }

    @Override
    public void stop() {
      encoder.stop();
    }
  }
}
