package dev.sotto.sandbox.discord;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sotto.sandbox.side.Call;
import dev.sotto.sandbox.side.Changes;
import dev.sotto.sandbox.side.Exchange;
import dev.sotto.sandbox.side.Fault;
import dev.sotto.sandbox.side.Faults;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The way of a REST request: who asks, planned faults, rate limit, route, answer. */
final class RestApi {
  static final String PATH = "/api/v10";

  private final Guild guild;
  private final Routes routes;
  private final RateLimits limits;
  private final Faults faults;
  private final Changes changes;
  private final String token;

  RestApi(Guild guild, Routes routes, RateLimits limits, Watched watched, String token) {
    this.guild = guild;
    this.routes = routes;
    this.limits = limits;
    faults = watched.faults();
    changes = watched.changes();
    this.token = token;
  }

  /** What goes wrong on purpose, and who is told of what happened. */
  record Watched(Faults faults, Changes changes) {}

  void handle(Exchange exchange) {
    try {
      serve(exchange);
    } catch (ApiError refused) {
      exchange.answer(refused.status(), refused.body());
    } catch (UncheckedIOException _) {
      exchange.answer(413, new ApiError(ApiError.Problem.TOO_LARGE).body());
    }
  }

  private void serve(Exchange exchange) {
    Routes.Found found =
        routes
            .find(exchange.method(), exchange.path().substring(PATH.length()))
            .orElseThrow(() -> new ApiError(ApiError.Problem.NOT_FOUND));
    RestCall call = RequestBody.read(exchange, found.path());
    Optional<Fault> fault = faults.arrived(new Call(found.name(), fields(call), guild.now()));
    boolean known = exchange.authorization().filter(("Bot " + token)::equals).isPresent();
    if (!known && !InteractionRoutes.hasItsOwnToken(found.name())) {
      throw new ApiError(ApiError.Problem.UNAUTHORIZED);
    }
    if (fault.map(planned -> refuses(exchange, planned)).orElse(false)
        || tooMany(exchange, found)) {
      return;
    }
    answer(exchange, fault, perform(found, call));
  }

  private RestCall.Answer perform(Routes.Found found, RestCall call) {
    RestCall.Answer answer;
    synchronized (guild) {
      answer = found.route().answer(call);
    }
    if (!found.name().startsWith("GET ")) {
      changes.tell();
    }
    return answer;
  }

  private static Map<String, String> fields(RestCall call) {
    Map<String, String> fields = new HashMap<>(call.query());
    call.body()
        .properties()
        .forEach(field -> {
          JsonNode value = field.getValue();
          fields.put(field.getKey(), value.isTextual() ? value.asText() : value.toString());
        });
    return fields;
  }

  /** Strikes with a fault that lets nothing happen. */
  private static boolean refuses(Exchange exchange, Fault fault) {
    return switch (fault) {
      case Fault.TooMany(Duration wait) -> {
        tooMany(exchange, wait, false);
        yield true;
      }
      case Fault.Broken(int status) -> {
        exchange.answer(status, "text/html", new byte[0]);
        yield true;
      }
      case Fault.Refused refused -> {
        exchange.answer(ApiError.status(refused.error()), body(refused));
        yield true;
      }
      case Fault.Slow _, Fault.Unanswered _, Fault.Cut _ -> false;
    };
  }

  private static ObjectNode body(Fault.Refused refused) {
    ObjectNode body = Json.object().put("message", "Refused");
    body.put("code", Json.id(refused.error()).orElse(0L));
    refused.details().forEach(body::put);
    return body;
  }

  private boolean tooMany(Exchange exchange, Routes.Found found) {
    String channel = found.path().getOrDefault("channel", "");
    Optional<RateLimits.Standing> counted = limits.count(found.name(), channel, guild.now());
    counted.ifPresent(standing -> tell(exchange, standing));
    Optional<RateLimits.Standing> exceeded = counted.filter(RateLimits.Standing::exceeded);
    exceeded.ifPresent(standing -> tooMany(exchange, standing.delay(), true));
    return exceeded.isPresent();
  }

  private static void tell(Exchange exchange, RateLimits.Standing standing) {
    double resets = standing.resets().toEpochMilli() / 1000.0;
    exchange
        .with("X-RateLimit-Bucket", standing.bucket())
        .with("X-RateLimit-Limit", Integer.toString(standing.limit()))
        .with("X-RateLimit-Remaining", Integer.toString(Math.max(0, standing.remaining())))
        .with("X-RateLimit-Reset", String.format(Locale.ROOT, "%.3f", resets))
        .with("X-RateLimit-Reset-After", seconds(standing.delay()));
  }

  private static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%.3f", time.toMillis() / 1000.0);
  }

  /** Clients take a 429 without {@code Via} for one of the network in front, and stop wholly. */
  private static void tooMany(Exchange exchange, Duration wait, boolean own) {
    long whole = Math.ceilDiv(wait.toMillis(), 1000);
    exchange
        .with("Via", "1.1 google")
        .with("Retry-After", Long.toString(whole))
        .with("X-RateLimit-Scope", own ? "user" : "shared")
        .answer(
            429,
            Json.object()
                .put("message", "You are being rate limited.")
                .put("retry_after", wait.toMillis() / 1000.0)
                .put("global", false));
  }

  private static void answer(Exchange exchange, Optional<Fault> fault, RestCall.Answer answer) {
    fault.ifPresent(planned -> {
      if (planned instanceof Fault.Slow(Duration by)) {
        exchange.pause(by);
      }
    });
    if (fault.filter(Fault.Unanswered.class::isInstance).isPresent()) {
      exchange.abandon(true);
    } else if (fault.filter(Fault.Cut.class::isInstance).isPresent()) {
      exchange.abandon(false);
    } else {
      answer
          .body()
          .ifPresentOrElse(
              body -> exchange.answer(answer.status(), body),
              () -> exchange.answer(answer.status()));
    }
  }
}
