package dev.sotto.sandbox.page;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/**
 * Keeps other web sites out. The page has no login, so a request must name this server as its host
 * (against DNS rebinding) and, where it names an origin, as that too; and its calls carry the key
 * of this start, which only those know who read what the program printed.
 */
final class Door {
  private final byte[] key;
  private final Set<String> hosts;

  Door(String key, URI url) {
    this.key = key.getBytes(StandardCharsets.US_ASCII);
    hosts = Set.of("localhost:" + url.getPort(), "127.0.0.1:" + url.getPort());
  }

  /** Whether the request was meant for this server and comes from its own page, if from any. */
  boolean isOurs(Request request) {
    String host = header(request, HttpHeader.HOST).orElse("");
    return hosts.contains(host)
        && header(request, HttpHeader.ORIGIN).map(("https://" + host)::equals).orElse(true);
  }

  boolean opens(String offered) {
    return MessageDigest.isEqual(key, offered.getBytes(StandardCharsets.UTF_8));
  }

  private static Optional<String> header(Request request, HttpHeader name) {
    return Optional.ofNullable(request.getHeaders().get(name));
  }
}
