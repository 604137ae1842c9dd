package dev.sotto.crypto.root;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.sotto.chat.PromptSockets;
import dev.sotto.chat.TrustedCertificates;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import okhttp3.ConnectionSpec;
import okhttp3.Headers;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.TlsVersion;

/**
 * Questions over TLS 1.3 and nothing older: no redirect is followed, nothing is repeated, an answer
 * takes two seconds and 64 KiB at most.
 */
final class Https {
  private static final Duration LONGEST = Duration.ofSeconds(2);
  private static final long LIMIT = 64 << 10;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final OkHttpClient http;

  Https(TrustedCertificates trust) {
    ConnectionSpec tls13 =
        new ConnectionSpec.Builder(ConnectionSpec.RESTRICTED_TLS)
            .tlsVersions(TlsVersion.TLS_1_3)
            .build();
    this.http =
        new OkHttpClient.Builder()
            .connectionSpecs(List.of(tls13))
            .socketFactory(new PromptSockets())
            .protocols(List.of(Protocol.HTTP_1_1))
            .sslSocketFactory(trust.context().getSocketFactory(), trust.trustManager())
            .followRedirects(false)
            .followSslRedirects(false)
            .callTimeout(LONGEST)
            .build();
  }

  /** What came back; its body is missing where that is no JSON. */
  record Answer(int status, JsonNode body) {
    boolean well() {
      return status == 200;
    }

    /** The bytes that a field holds in base64. */
    byte[] bytes(String... path) throws RefusedException {
      try {
        return Base64.getDecoder().decode(text(path));
      } catch (IllegalArgumentException e) {
        throw RefusedException.garbled();
      }
    }

    String text(String... path) throws RefusedException {
      JsonNode node = body;
      for (String name : path) {
        node = node.path(name);
      }
      if (!node.isTextual()) {
        throw RefusedException.garbled();
      }
      return node.asText();
    }

    @Override
    public String toString() {
      return "Answer[" + status + "]";
    }
  }

  static byte[] json(Map<String, ?> fields) {
    try {
      return JSON.writeValueAsBytes(fields);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("no JSON could be made", e);
    }
  }

  Answer post(URI address, Map<String, String> headers, byte[] body) throws IOException {
    Request request =
        new Request.Builder()
            .url(address.toString())
            .headers(Headers.of(headers))
            .post(RequestBody.create(body))
            .build();
    try (Response response = http.newCall(request).execute()) {
      var source = response.body().source();
      if (source.request(LIMIT)) {
        return new Answer(response.code(), MissingNode.getInstance());
      }
      return new Answer(response.code(), parse(source.readByteArray()));
    }
  }

  private static JsonNode parse(byte[] body) throws IOException {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }
}
