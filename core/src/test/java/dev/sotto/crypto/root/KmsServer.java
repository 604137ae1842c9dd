package dev.sotto.crypto.root;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.sotto.model.PrivateAuthority;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.SSLParameters;

/**
 * The server side of a service that keeps keys, on loopback over TLS 1.3: it really encrypts, and
 * does what it is told to do wrong.
 */
public abstract class KmsServer implements AutoCloseable {
  static final ObjectMapper JSON = new ObjectMapper();
  private static final int IV = 12;
  private static final int TAG = 128;
  private static final long SLOW_MILLIS = 300;

  /** What goes wrong. */
  public enum Fault {
    NONE,
    SLOW,
    HANGING,
    DENIED,
    BUSY,
    DEAD,
    GARBLED
  }

  record Told(int status, Map<String, ?> body) {}

  private final HttpsServer server;
  private final AtomicInteger asked = new AtomicInteger();
  private final Map<String, byte[]> keys = new HashMap<>();
  private volatile Fault fault = Fault.NONE;

  KmsServer(PrivateAuthority authority, String protocol) {
    try {
      server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.setHttpsConfigurator(
          new HttpsConfigurator(authority.server()) {
            @Override
            public void configure(HttpsParameters parameters) {
              SSLParameters ssl = getSSLContext().getDefaultSSLParameters();
              ssl.setProtocols(new String[] {protocol});
              parameters.setSSLParameters(ssl);
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::serve);
    server.start();
  }

  public String host() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  String url() {
    return "https://" + host();
  }

  /** How many questions were asked so far. */
  public int asked() {
    return asked.get();
  }

  public void fault(Fault next) {
    fault = next;
  }

  abstract Told answer(HttpExchange exchange, byte[] body) throws IOException;

  abstract Told denied();

  byte[] encrypt(String name, byte[] plain, byte[] bound) throws GeneralSecurityException {
    byte[] iv = new byte[IV];
    new SecureRandom().nextBytes(iv);
    byte[] sealed = cipher(Cipher.ENCRYPT_MODE, name, iv, bound).doFinal(plain);
    return ByteBuffer.allocate(IV + sealed.length).put(iv).put(sealed).array();
  }

  byte[] decrypt(String name, byte[] wrapped, byte[] bound) throws GeneralSecurityException {
    byte[] iv = java.util.Arrays.copyOf(wrapped, IV);
    return cipher(Cipher.DECRYPT_MODE, name, iv, bound)
        .doFinal(wrapped, IV, Math.max(0, wrapped.length - IV));
  }

  private synchronized Cipher cipher(int mode, String name, byte[] iv, byte[] bound)
      throws GeneralSecurityException {
    byte[] key =
        keys.computeIfAbsent(
            name,
            _ -> {
              byte[] made = new byte[32];
              new SecureRandom().nextBytes(made);
              return made;
            });
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG, iv));
    cipher.updateAAD(bound);
    return cipher;
  }

  static JsonNode json(byte[] body) throws IOException {
    return JSON.readTree(body);
  }

  static byte[] bytes(JsonNode node) {
    return java.util.Base64.getDecoder().decode(node.asText());
  }

  static String base64(byte[] bytes) {
    return java.util.Base64.getEncoder().encodeToString(bytes);
  }

  private void serve(HttpExchange exchange) throws IOException {
    asked.incrementAndGet();
    byte[] body = exchange.getRequestBody().readAllBytes();
    switch (fault) {
      case NONE -> tell(exchange, answer(exchange, body));
      case SLOW -> {
        hang(SLOW_MILLIS);
        tell(exchange, answer(exchange, body));
      }
      case HANGING -> hang(10_000);
      case DENIED -> tell(exchange, denied());
      case BUSY -> tell(exchange, new Told(503, Map.of()));
      case DEAD -> exchange.close();
      case GARBLED -> send(exchange, 200, "<html>".getBytes(StandardCharsets.UTF_8));
    }
  }

  private static void hang(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void tell(HttpExchange exchange, Told told) throws IOException {
    send(exchange, told.status(), JSON.writeValueAsBytes(told.body()));
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
