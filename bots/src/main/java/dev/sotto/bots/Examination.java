package dev.sotto.bots;

import dev.sotto.assistant.Assistants;
import dev.sotto.chat.Connection;
import dev.sotto.chat.ConnectionException;
import dev.sotto.chat.Finding;
import dev.sotto.chat.TrustedCertificates;
import dev.sotto.crypto.Keys;
import io.micronaut.context.ApplicationContext;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;

/** Looks at one installation, from its configuration to what the platforms grant it. */
final class Examination {
  private static final int TIMEOUT_MILLIS = 5_000;
  private static final int HTTPS = 443;
  private static final List<String> HOPS =
      List.of(
          "sotto.slack.api-url",
          "sotto.discord.api-url",
          "sotto.models.openai.base-url",
          "sotto.models.anthropic.base-url",
          "sotto.models.gemini.base-url",
          "sotto.models.ollama.base-url",
          "sotto.traces.endpoint");

  private final Map<String, Object> overrides;

  /**
   * @param overrides properties that win over files and environment
   */
  Examination(Map<String, Object> overrides) {
    this.overrides = overrides;
  }

  /** Everything in turn; an installation that does not open is the only finding. */
  List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    try (ApplicationContext context = Installation.open(overrides)) {
      Keys keys = context.getBean(Keys.class);
      findings.add(Finding.well("installation", "configuration, root key and databases"));
      findings.addAll(HopRows.examine(context));
      findings.add(rootKey(keys));
      findings.addAll(assistants(context.getBean(Assistants.class)));
      TrustedCertificates trust = context.getBean(TrustedCertificates.class);
      HOPS.stream()
          .filter(it -> !context.getProperty(it, String.class).orElse("").isBlank())
          .map(it -> hop(it, context.getRequiredProperty(it, String.class), trust))
          .forEach(findings::add);
      keys.rootKeyService()
          .map(it -> hop("sotto.root-key", it.toString(), trust))
          .ifPresent(findings::add);
      findings.addAll(platforms(context.getBean(Connections.class)));
    } catch (RuntimeException e) {
      findings.add(Finding.fault("installation", Failures.line(e)));
    }
    return findings;
  }

  private static Finding rootKey(Keys keys) {
    try {
      keys.proveRootKey();
      return Finding.well(
          "root-key",
          (keys.created() ? "made just now, back it up: " : "opens what it has wrapped: ")
              + keys.rootKey());
    } catch (RuntimeException e) {
      return Finding.fault("root-key", Failures.line(e));
    }
  }

  private static List<Finding> assistants(Assistants assistants) {
    Stream<Finding> mistakes =
        assistants.problems().stream().map(it -> Finding.fault("assistants", it.toString()));
    Finding running = Finding.well("assistants", assistants.all().size() + " assistants");
    return Stream.concat(Stream.of(running), mistakes).toList();
  }

  private static Finding hop(String property, String address, TrustedCertificates trust) {
    URI uri = URI.create(address);
    int port = uri.getPort() < 0 ? HTTPS : uri.getPort();
    try (SSLSocket socket = (SSLSocket) trust.context().getSocketFactory().createSocket()) {
      socket.setSSLParameters(trust.parameters());
      socket.connect(new InetSocketAddress(uri.getHost(), port), TIMEOUT_MILLIS);
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.startHandshake();
      SSLSession session = socket.getSession();
      return Finding.well(
          property,
          "%s %s %s".formatted(session.getProtocol(), session.getCipherSuite(), uri.getHost()));
    } catch (IOException e) {
      return Finding.fault(property, "TLS to " + uri.getHost() + ": " + e.getMessage());
    }
  }

  private static List<Finding> platforms(Connections connections) {
    List<Connection> made;
    try {
      made = connections.make();
    } catch (ConnectionException e) {
      return List.of(Finding.fault("platforms", String.valueOf(e.getMessage())));
    }
    List<Finding> findings = new ArrayList<>();
    for (Connection connection : made) {
      try (connection) {
        findings.addAll(connection.examine(Installation.HOME.resolve("config")));
      }
    }
    return findings;
  }
}
