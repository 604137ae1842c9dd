package dev.sotto.slack;

import dev.sotto.chat.PlatformException;
import java.time.Duration;
import java.util.Set;

/** A call to Slack that came to nothing, or that may have. Names the method and the error only. */
final class SlackFailure extends RuntimeException {
  /** What is known about the call. */
  enum Kind {
    /** Slack will never take it. */
    REFUSED,
    /** Slack asks to come back later; nothing was done. */
    LATER,
    /** Slack was not reached; nothing was done. */
    UNREACHED,
    /** The certificate or the protocol was not acceptable; nothing was sent. */
    UNTRUSTED,
    /** It may have been done. */
    UNKNOWN
  }

  /** Errors after which "some aspect of the operation" may have succeeded (Slack's reference). */
  private static final Set<String> UNSURE =
      Set.of("internal_error", "fatal_error", "service_unavailable", "request_timeout");

  private static final Duration SOON = Duration.ofSeconds(1);

  private final String line;
  private final Kind kind;
  private final String code;
  private final Duration retryAfter;

  private SlackFailure(String method, Kind kind, String code, Duration retryAfter) {
    super(method + ": " + code);
    this.line = method + ": " + code;
    this.kind = kind;
    this.code = code;
    this.retryAfter = retryAfter;
  }

  /** Slack answered {@code ok: false}. */
  static SlackFailure answered(String method, String code) {
    if (code.equals("ratelimited") || code.equals("rate_limited")) {
      return later(method, SOON);
    }
    Kind kind = code.isEmpty() || UNSURE.contains(code) ? Kind.UNKNOWN : Kind.REFUSED;
    return new SlackFailure(method, kind, code.isEmpty() ? "no answer" : code, SOON);
  }

  static SlackFailure later(String method, Duration retryAfter) {
    return new SlackFailure(method, Kind.LATER, "rate limited", retryAfter);
  }

  static SlackFailure of(String method, Kind kind, String code) {
    return new SlackFailure(method, kind, code, SOON);
  }

  Kind kind() {
    return kind;
  }

  String code() {
    return code;
  }

  Duration retryAfter() {
    return retryAfter;
  }

  PlatformException forCore() {
    return kind == Kind.REFUSED
        ? PlatformException.permanent(line)
        : PlatformException.temporary(line, retryAfter);
  }
}
