package dev.sotto.model;

import dev.sotto.TestDatabases;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * OpenAI as it streams, on loopback over TLS, answering as scripted; for tests of other packages.
 */
public final class ScriptedProvider implements AutoCloseable {
  private final ModelServer server;
  private final String pem;

  public ScriptedProvider(Path folder) {
    try {
      var authority = new PrivateAuthority();
      pem = authority.pem(folder).toString();
      server = ModelServer.start(authority.server());
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** A context whose databases and one assistant lie in a folder, and that knows this provider. */
  public Map<String, Object> settings(Path folder, String yaml) {
    try {
      Path assistants = Files.createDirectories(folder.resolve("assistants"));
      Files.writeString(assistants.resolve("one.yaml"), yaml);
      Map<String, Object> settings = new HashMap<>(TestDatabases.h2(folder.resolve("data")));
      settings.put("sotto.assistants-directory", assistants.toString());
      settings.put("sotto.root-key", "file:" + folder.resolve("keys").resolve("root.key"));
      settings.put("sotto.trusted-certificates", pem);
      settings.put("sotto.models.openai.api-key", "a-key");
      settings.put("sotto.models.openai.base-url", server.url() + "/v1");
      settings.put("sotto.models.demo.pace", "0ms");
      return settings;
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** What the next question gets, using 10 tokens; the last script answers all that follow. */
  public ScriptedProvider thenSays(String... pieces) {
    server.thenSays(Dialect.OPENAI, pieces);
    return this;
  }

  /** An answer that ends without its end mark. */
  public ScriptedProvider thenBreaksOff(String... pieces) {
    server.then(ex -> ModelServer.stream(ex, ModelServer.pieces(Dialect.OPENAI, pieces)));
    return this;
  }

  /** Does something else before it answers. */
  public ScriptedProvider thenSaysAfter(Runnable act, String piece) {
    server.then(ex -> {
      act.run();
      ModelServer.stream(ex, Dialect.OPENAI.piece(piece), Dialect.OPENAI.end());
    });
    return this;
  }

  /** Asks for the clock. */
  public ScriptedProvider thenCalls(String piece, String zone) {
    String call = Dialect.OPENAI.piece(piece) + Dialect.OPENAI.call(0, zone);
    server.then(ex -> ModelServer.stream(ex, call, Dialect.OPENAI.endOfCalls()));
    return this;
  }

  public ScriptedProvider thenRefuses(int status) {
    server.thenRefuses(status, "{}");
    return this;
  }

  /** The bodies of all questions so far. */
  public List<String> questions() {
    return server.requests().stream().map(ModelServer.Request::body).toList();
  }

  @Override
  public void close() {
    server.close();
  }
}
