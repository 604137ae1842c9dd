package dev.sotto.sandbox.side;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.MultiMap;
import org.eclipse.jetty.util.UrlEncoded;

/** One HTTP request and the one answer to it. Blocks, and so belongs on a virtual thread. */
public final class Exchange {
  private static final int LIMIT = Upload.LIMIT + 1024 * 1024;
  private static final Duration SILENCE = Duration.ofMinutes(2);

  private final Request request;
  private final Response response;
  private final Callback callback;
  private final CountDownLatch closed = new CountDownLatch(1);

  public Exchange(Request request, Response response, Callback callback) {
    this.request = request;
    this.response = response;
    this.callback = callback;
    request.addFailureListener(_ -> closed.countDown());
  }

  public String method() {
    return request.getMethod();
  }

  public String path() {
    return request.getHttpURI().getDecodedPath();
  }

  /** The token of {@code Authorization}, with its kind ({@code Bearer}, {@code Bot}) before it. */
  public Optional<String> authorization() {
    return header("Authorization");
  }

  public Optional<String> header(String name) {
    return Optional.ofNullable(request.getHeaders().get(name));
  }

  /** The fields of the query. */
  public Map<String, String> query() {
    return decode(Optional.ofNullable(request.getHttpURI().getQuery()).orElse(""));
  }

  /**
   * The body.
   *
   * @throws UncheckedIOException the client went away, or sent more than 11 MiB
   */
  public byte[] body() {
    try (InputStream in = Content.Source.asInputStream(request)) {
      byte[] body = in.readNBytes(LIMIT + 1);
      if (body.length > LIMIT) {
        throw new IOException("request longer than " + LIMIT + " bytes");
      }
      return body;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The fields of a form in the body. */
  public Map<String, String> form() {
    return decode(new String(body(), StandardCharsets.UTF_8));
  }

  private static Map<String, String> decode(String encoded) {
    MultiMap<String> fields = new MultiMap<>();
    UrlEncoded.decodeTo(encoded, fields, StandardCharsets.UTF_8);
    Map<String, String> single = new LinkedHashMap<>();
    fields.forEach((name, values) -> single.put(name, values.getLast()));
    return single;
  }

  /** Adds a header to the answer. */
  public Exchange with(String header, String value) {
    response.getHeaders().put(header, value);
    return this;
  }

  public void answer(int status, JsonNode body) {
    answer(
        status,
        "application/json; charset=utf-8",
        body.toString().getBytes(StandardCharsets.UTF_8));
  }

  public void answer(int status, String type, byte[] body) {
    response.setStatus(status);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, type);
    response.write(true, ByteBuffer.wrap(body), callback);
  }

  public void answer(int status) {
    response.setStatus(status);
    callback.succeeded();
  }

  /** Waits, but no longer than the client does. */
  public void pause(Duration time) {
    try {
      closed.await(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends the connection without an answer, at once or after 2 minutes of silence. */
  public void abandon(boolean silence) {
    if (silence) {
      pause(SILENCE);
    }
    request.getConnectionMetaData().getConnection().getEndPoint().close();
    callback.succeeded();
  }
}
