package dev.sotto.bots;

import dev.sotto.assistant.Assistants;
import dev.sotto.chat.TrustedCertificates;
import io.micronaut.context.ApplicationContext;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import picocli.CommandLine.Command;

/** {@code doctor}: looks at configuration, keys, databases and every hop, and says what to mend. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    description = "Check configuration, keys, databases and the TLS of every hop.")
final class DoctorCommand implements Callable<Integer> {
  private static final int TIMEOUT_MILLIS = 5_000;
  private static final List<String> HOPS =
      List.of(
          "sotto.slack.api-url",
          "sotto.discord.api-url",
          "sotto.models.openai.base-url",
          "sotto.models.anthropic.base-url",
          "sotto.models.gemini.base-url",
          "sotto.models.ollama.base-url");

  @Override
  public Integer call() {
    PrintStream out = System.out;
    try (ApplicationContext context = Installation.open(Map.of())) {
      out.println("ok    configuration, root key and databases");
      int assistants = context.getBean(Assistants.class).all().size();
      out.printf("ok    %d assistants%n", assistants);
      TrustedCertificates trust = context.getBean(TrustedCertificates.class);
      long failed =
          HOPS.stream()
              .filter(it -> !context.getProperty(it, String.class).orElse("").isBlank())
              .filter(it -> !hop(it, context.getRequiredProperty(it, String.class), trust, out))
              .count();
      return failed == 0 ? 0 : 1;
    }
  }

  private static boolean hop(
      String property, String address, TrustedCertificates trust, PrintStream out) {
    URI uri = URI.create(address);
    int port = uri.getPort() < 0 ? 443 : uri.getPort();
    try (SSLSocket socket = (SSLSocket) trust.context().getSocketFactory().createSocket()) {
      socket.setSSLParameters(trust.parameters());
      socket.connect(new InetSocketAddress(uri.getHost(), port), TIMEOUT_MILLIS);
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.startHandshake();
      SSLSession session = socket.getSession();
      out.printf(
          "ok    %-32s %s %s %s%n",
          property, session.getProtocol(), session.getCipherSuite(), uri.getHost());
      return true;
    } catch (IOException e) {
      out.printf("fail  %-32s TLS to %s: %s%n", property, uri.getHost(), e.getMessage());
      return false;
    }
  }
}
