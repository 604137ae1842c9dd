package dev.sotto.sandbox.page;

import dev.sotto.sandbox.side.Exchange;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The page's own files. They are no secret; the policy sent with them allows nothing else. */
final class Assets {
  private static final Pattern NAME = Pattern.compile("/ui/([a-z][a-z-]{0,40}\\.(?:css|js|svg))");
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "svg", "image/svg+xml");
  private static final Map<String, String> HEADERS =
      Map.of(
          "Content-Security-Policy",
          "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
              + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
              + " require-trusted-types-for 'script'; trusted-types 'none'",
          "X-Content-Type-Options",
          "nosniff",
          "Referrer-Policy",
          "no-referrer",
          "Cross-Origin-Opener-Policy",
          "same-origin",
          "Cross-Origin-Resource-Policy",
          "same-origin",
          "Cache-Control",
          "no-cache");

  /** Answers if the path is one of the page's files. */
  boolean answer(Exchange exchange) {
    return name(exchange.path())
        .flatMap(Assets::content)
        .map(asset -> send(exchange, asset))
        .orElse(false);
  }

  private static Optional<String> name(String path) {
    if (path.equals("/")) {
      return Optional.of("index.html");
    }
    return Optional.of(NAME.matcher(path))
        .filter(match -> match.matches())
        .map(match -> match.group(1));
  }

  private static Optional<Asset> content(String name) {
    try (InputStream in = Assets.class.getResourceAsStream("/page/" + name)) {
      return in == null
          ? Optional.empty()
          : Optional.of(
              new Asset(
                  TYPES.getOrDefault(name.substring(name.indexOf('.') + 1), ""),
                  in.readAllBytes()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean send(Exchange exchange, Asset asset) {
    HEADERS.forEach(exchange::with);
    exchange.answer(200, asset.type(), asset.content());
    return true;
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Asset(String type, byte[] content) {}
}
