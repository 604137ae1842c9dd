package dev.sotto.sandbox.discord;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sotto.sandbox.side.Exchange;
import dev.sotto.sandbox.side.Upload;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.http.MultiPart;
import org.eclipse.jetty.http.MultiPartConfig;
import org.eclipse.jetty.http.MultiPartFormData;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.content.ByteBufferContentSource;
import org.eclipse.jetty.util.Attributes;

/**
 * Reads JSON, or a form whose {@code payload_json} is the JSON and whose {@code files[n]} are
 * files.
 */
final class RequestBody {
  private static final int MOST_PARTS = 12;

  private RequestBody() {}

  static RestCall read(Exchange exchange, Map<String, String> path) {
    byte[] body = exchange.body();
    String type = exchange.header("Content-Type").orElse("");
    return type.startsWith("multipart/form-data")
        ? form(exchange, path, type, body)
        : new RestCall(path, exchange.query(), Json.read(body), List.of());
  }

  private static RestCall form(
      Exchange exchange, Map<String, String> path, String type, byte[] body) {
    MultiPartConfig limits =
        new MultiPartConfig.Builder()
            .maxParts(MOST_PARTS)
            .maxMemoryPartSize(body.length)
            .maxSize(body.length)
            .maxPartSize(body.length)
            .build();
    Content.Source source = new ByteBufferContentSource(ByteBuffer.wrap(body));
    try (MultiPartFormData.Parts parts =
        MultiPartFormData.getParts(source, new Attributes.Mapped(), type, limits)) {
      List<Upload> files = new ArrayList<>();
      JsonNode payload = Json.object();
      for (MultiPart.Part part : parts) {
        if (part.getFileName() != null) {
          files.add(new Upload(part.getFileName(), mediaType(part), bytes(part)));
        } else if ("payload_json".equals(part.getName())) {
          payload = Json.read(bytes(part));
        }
      }
      return new RestCall(path, exchange.query(), payload, files);
    } catch (IllegalArgumentException | IllegalStateException _) {
      throw new ApiError(ApiError.Problem.TOO_LARGE);
    }
  }

  private static String mediaType(MultiPart.Part part) {
    return Optional.ofNullable(part.getHeaders().get("Content-Type"))
        .orElse("application/octet-stream");
  }

  private static byte[] bytes(MultiPart.Part part) {
    try (InputStream in = Content.Source.asInputStream(part.getContentSource())) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
