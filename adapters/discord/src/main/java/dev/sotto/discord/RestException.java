package dev.sotto.discord;

import dev.sotto.chat.PlatformException;
import java.time.Duration;
import java.util.Set;
import net.dv8tion.jda.api.exceptions.ErrorResponseException;
import net.dv8tion.jda.api.exceptions.RateLimitedException;
import net.dv8tion.jda.api.requests.Route;

/** A call that Discord did not do. Names the route without its ids, and Discord's error code. */
final class RestException extends RuntimeException {
  static final int UNKNOWN_CHANNEL = 10003;
  static final int UNKNOWN_MESSAGE = 10008;
  static final int UNKNOWN_WEBHOOK = 10015;
  static final int MISSING_ACCESS = 50001;
  static final int MISSING_PERMISSIONS = 50013;
  static final int WRONG_CHANNEL_TYPE = 50024;
  static final int THREAD_EXISTS = 160004;
  static final int TOO_MANY_THREADS = 160006;

  private static final int UNAUTHORIZED = 401;
  private static final int SERVER_ERROR = 500;
  private static final int TOO_MANY_REQUESTS = 429;

  /** Errors of the kind "not now": write limits, slow mode, overload, something switched off. */
  private static final Set<Integer> NOT_NOW =
      Set.of(20016, 20022, 20028, 20029, 30046, 40004, 40006, 40062, 130000);

  private static final Duration SOON = Duration.ofSeconds(1);
  private static final Duration LATER = Duration.ofSeconds(30);

  private final String line;
  private final int code;
  private final boolean temporary;
  private final Duration retryAfter;

  private RestException(String message, int code, boolean temporary, Duration retryAfter) {
    super(message);
    this.line = message;
    this.code = code;
    this.temporary = temporary;
    this.retryAfter = retryAfter;
  }

  static RestException of(Route.CompiledRoute route, Throwable cause) {
    String call = "Discord " + route.getBaseRoute();
    return switch (cause) {
      case ErrorResponseException error -> answered(call, error);
      case RateLimitedException limited ->
          new RestException(
              call + ": rate limited",
              TOO_MANY_REQUESTS,
              true,
              Duration.ofMillis(Math.max(0, limited.getRetryAfter())));
      default -> new RestException(call + ": " + name(cause), 0, true, SOON);
    };
  }

  static RestException notConnected() {
    return new RestException("Discord: not connected", 0, true, SOON);
  }

  private static RestException answered(String call, ErrorResponseException error) {
    Throwable cause = error.getCause();
    if (cause != null) {
      return new RestException(call + ": " + name(cause), 0, true, SOON);
    }
    int code = error.getErrorCode();
    boolean later = NOT_NOW.contains(code) || isTokenReplaced(error);
    Duration retryAfter = later ? LATER : SOON;
    boolean temporary = mayPass(error);
    return new RestException(
        call + ": HTTP " + error.getResponse().code + ", code " + code,
        code,
        temporary,
        temporary ? retryAfter : Duration.ZERO);
  }

  /** Whether another attempt can help. */
  static boolean mayPass(ErrorResponseException error) {
    int http = error.getResponse().code;
    return error.getCause() != null
        || http >= SERVER_ERROR
        || http == TOO_MANY_REQUESTS
        || isTokenReplaced(error)
        || NOT_NOW.contains(error.getErrorCode());
  }

  /** The bot's own; that of a command has a code. */
  private static boolean isTokenReplaced(ErrorResponseException error) {
    return error.getResponse().code == UNAUTHORIZED && error.getErrorCode() == 0;
  }

  private static String name(Throwable cause) {
    return cause.getClass().getSimpleName();
  }

  /** Discord's own error code, 0 when Discord did not answer. */
  int code() {
    return code;
  }

  boolean temporary() {
    return temporary;
  }

  Duration retryAfter() {
    return retryAfter;
  }

  /** The call and the error in one line, without ids and content. */
  String line() {
    return line;
  }

  /** The same failure in the words of the port. */
  PlatformException platform() {
    return temporary
        ? PlatformException.temporary(line, retryAfter)
        : PlatformException.permanent(line);
  }
}
