package dev.sotto.sandbox.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sotto.sandbox.side.Call;
import dev.sotto.sandbox.side.Exchange;
import dev.sotto.sandbox.side.Fault;
import dev.sotto.sandbox.side.Faults;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds the method of a call, asks whether the caller may, and lets planned faults strike. */
final class WebApi {
  private final Map<String, Method> methods;
  private final Grants grants;
  private final Faults faults;
  private final Ids ids;

  WebApi(Stream<Method> methods, Grants grants, Faults faults, Ids ids) {
    this.methods = methods.collect(Collectors.toMap(Method::name, Function.identity()));
    this.grants = grants;
    this.faults = faults;
    this.ids = ids;
  }

  /** Answers one call of {@code POST /api/name}. */
  void serve(String name, Exchange exchange) {
    Args args = new Args(fields(exchange));
    exchange.with("x-oauth-scopes", grants.scopes());
    meet(
        exchange,
        new Call(name, args.fields(), ids.now()),
        () -> call(name, exchange.authorization().orElse(""), args));
  }

  private ObjectNode call(String name, String authorization, Args args) {
    try {
      Method method =
          Optional.ofNullable(methods.get(name))
              .orElseThrow(() -> new Refusal("unknown_method", "req_method", name));
      grants.admit(authorization, method.token());
      grants.require(method.scope());
      return method.work().call(args);
    } catch (Refusal refusal) {
      return refusal.answer();
    }
  }

  /** Answers with what the work brings, unless a fault is planned. */
  void meet(Exchange exchange, Call call, Supplier<ObjectNode> work) {
    Optional<Fault> fault = faults.arrived(call);
    if (fault.isEmpty()) {
      exchange.answer(200, work.get());
      return;
    }
    switch (fault.get()) {
      case Fault.TooMany(var retryAfter) ->
          exchange
              .with("Retry-After", String.valueOf(retryAfter.plusMillis(999).toSeconds()))
              .answer(429, Json.object("ok", false, "error", "ratelimited"));
      case Fault.Broken(var status) -> exchange.answer(status);
      case Fault.Refused(var error, var details) -> exchange.answer(200, refusal(error, details));
      case Fault.Slow(var by) -> {
        exchange.pause(by);
        exchange.answer(200, work.get());
      }
      case Fault.Unanswered() -> {
        var _ = work.get();
        exchange.abandon(true);
      }
      case Fault.Cut() -> {
        var _ = work.get();
        exchange.abandon(false);
      }
    }
  }

  private static ObjectNode refusal(String error, Map<String, String> details) {
    ObjectNode answer = Json.object("ok", false, "error", error);
    details.forEach(answer::put);
    return answer;
  }

  private static Map<String, String> fields(Exchange exchange) {
    Map<String, String> fields = new LinkedHashMap<>(exchange.query());
    if (exchange.header("Content-Type").orElse("").startsWith("application/json")) {
      Json.parse(new String(exchange.body(), StandardCharsets.UTF_8))
          .ifPresent(body ->
              body.properties()
                  .forEach(field -> fields.put(field.getKey(), plain(field.getValue()))));
    } else {
      fields.putAll(exchange.form());
    }
    return fields;
  }

  private static String plain(JsonNode value) {
    return value.isTextual() ? value.asText() : value.toString();
  }
}
