package dev.sotto.bots;

import dev.sotto.model.Dialect;
import dev.sotto.model.ModelServer.Request;
import dev.sotto.model.ModelServer.Script;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Ways in which the language model of a test speaks. */
final class Speech {
  private static final int PATIENCE_SECONDS = 60;

  private Speech() {}

  static Script of(String text) {
    return of(_ -> text);
  }

  static Script of(Function<Request, String> text) {
    return (exchange, request) -> {
      exchange.sendResponseHeaders(200, 0);
      try (OutputStream out = exchange.getResponseBody()) {
        say(out, Dialect.OPENAI.piece(text.apply(request)) + Dialect.OPENAI.end());
      }
    };
  }

  /** Says the first part, and the second only when the latch lets it. */
  static Script heldBack(String first, CountDownLatch until, String second) {
    return (exchange, _) -> {
      exchange.sendResponseHeaders(200, 0);
      try (OutputStream out = exchange.getResponseBody()) {
        say(out, Dialect.OPENAI.piece(first));
        await(until);
        say(out, Dialect.OPENAI.piece(second) + Dialect.OPENAI.end());
      }
    };
  }

  /** Says something, and when the latch lets it the connection breaks. */
  static Script brokenOff(String text, CountDownLatch when) {
    return (exchange, _) -> {
      exchange.sendResponseHeaders(200, 100_000);
      say(exchange.getResponseBody(), Dialect.OPENAI.piece(text));
      await(when);
      exchange.close();
    };
  }

  private static void say(OutputStream out, String part) throws IOException {
    out.write(part.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      if (!latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new IOException("nobody let the model go on");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("stopped", e);
    }
  }
}
