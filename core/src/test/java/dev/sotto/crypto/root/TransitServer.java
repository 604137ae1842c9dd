package dev.sotto.crypto.root;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import dev.sotto.model.PrivateAuthority;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The transit engine of Vault: a token is checked, and what is bound is bound. */
public final class TransitServer extends KmsServer {
  private static final String VERSION = "vault:v1:";

  private volatile String token;
  private volatile boolean binds = true;

  public TransitServer(PrivateAuthority authority, String token) {
    this(authority, token, "TLSv1.3");
  }

  TransitServer(PrivateAuthority authority, String token, String protocol) {
    super(authority, protocol);
    this.token = token;
  }

  /** From now on only this token is known. */
  void token(String next) {
    token = next;
  }

  /** As a key of a kind that has no associated data. */
  void bindNothing() {
    binds = false;
  }

  @Override
  Told answer(HttpExchange exchange, byte[] body) throws IOException {
    if (!token.equals(exchange.getRequestHeaders().getFirst("X-Vault-Token"))) {
      return denied();
    }
    String[] path = exchange.getRequestURI().getPath().split("/", -1);
    if (path.length != 5 || !path[1].equals("v1") || !path[2].equals("transit")) {
      return new Told(404, Map.of("errors", List.of()));
    }
    JsonNode question = json(body);
    byte[] bound = binds ? bytes(question.path("associated_data")) : new byte[0];
    try {
      if (path[3].equals("encrypt")) {
        byte[] wrapped = encrypt(path[4], bytes(question.path("plaintext")), bound);
        return new Told(200, Map.of("data", Map.of("ciphertext", VERSION + base64(wrapped))));
      }
      byte[] plain = decrypt(path[4], wrapped(question).orElseThrow(), bound);
      return new Told(200, Map.of("data", Map.of("plaintext", base64(plain))));
    } catch (GeneralSecurityException | java.util.NoSuchElementException e) {
      return new Told(400, Map.of("errors", List.of("cipher: message authentication failed")));
    }
  }

  private static Optional<byte[]> wrapped(JsonNode question) {
    String text = question.path("ciphertext").asText();
    try {
      return text.startsWith(VERSION)
          ? Optional.of(java.util.Base64.getDecoder().decode(text.substring(VERSION.length())))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  @Override
  Told denied() {
    return new Told(403, Map.of("errors", List.of("permission denied")));
  }
}
