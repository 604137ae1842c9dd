package dev.sotto.bots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sotto.crypto.Keys;
import io.micronaut.context.ApplicationContext;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ssl.NonValidatingFactory;

/** The hop to a real PostgreSQL. Its twin is the driver left to itself, which refuses nothing. */
class PostgresTlsTest {
  private static final String NEEDED = "TLS 1.3 and a certificate for this host are needed";

  @TempDir private static Path folder;
  private static Postgres server;

  @BeforeAll
  static void start() throws IOException, GeneralSecurityException, SQLException {
    server = Postgres.start(folder);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void speaksTls13WithAServerThatTheFurtherCertificatesVouchFor() throws SQLException {
    assertThat(protocol(secured("127.0.0.1", "", server.authority().toString())))
        .isEqualTo("TLSv1.3");
  }

  @Test
  void speaksTls13WithAServerThatTheAddressVouchesFor() throws SQLException {
    assertThat(protocol(secured("127.0.0.1", "?sslrootcert=" + server.authority(), "")))
        .isEqualTo("TLSv1.3");
  }

  @Test
  void refusesAServerThatNobodyVouchesFor() throws SQLException {
    refused(secured("127.0.0.1", "", ""), NEEDED);

    assertThat(protocol(server.address("127.0.0.1") + "postgres")).isEqualTo("TLSv1.3");
  }

  @Test
  void refusesTheCertificateOfAnotherHost() throws SQLException {
    refused(secured("localhost", "", server.authority().toString()), "hostname localhost");

    assertThat(protocol(server.address("localhost") + "postgres")).isEqualTo("TLSv1.3");
  }

  @Test
  void refusesAServerThatSpeaksTls12AtMost() throws SQLException {
    server.configure("ssl_max_protocol_version", "TLSv1.2");
    try {
      refused(secured("127.0.0.1", "", server.authority().toString()), NEEDED);
      refused(secured("127.0.0.1", "?sslrootcert=" + server.authority(), ""), NEEDED);
      String careless = server.address("127.0.0.1") + "postgres?sslmode=require&sslfactory=";
      assertThat(protocol(careless + Tls12.class.getName())).isEqualTo("TLSv1.2");
    } finally {
      server.configure("ssl_max_protocol_version", "TLSv1.3");
    }
  }

  @Test
  void refusesAServerWithoutTls() throws SQLException {
    server.configure("ssl", "off");
    try {
      refused(secured("127.0.0.1", "", server.authority().toString()), "does not support SSL");
      assertThat(protocol(server.address("127.0.0.1") + "postgres")).isEqualTo("null");
    } finally {
      server.configure("ssl", "on");
    }
  }

  @Test
  void theWholeProductStartsOnIt() throws SQLException {
    server.execute("create database keys");
    Map<String, Object> settings = new HashMap<>();
    for (String name : new String[] {"default", "keys"}) {
      String database = name.equals("keys") ? "keys" : "postgres";
      settings.put("datasources." + name + ".url", server.address("127.0.0.1") + database);
      settings.put("datasources." + name + ".username", "postgres");
    }
    settings.put("sotto.trusted-certificates", server.authority().toString());
    settings.put("sotto.data-directory", folder.resolve("data").toString());
    settings.put("sotto.root-key", "file:" + folder.resolve("safe/root.key"));
    settings.put(
        "sotto.assistants-directory", Installation.HOME.resolve("bots/assistants").toString());

    try (ApplicationContext context = Installation.open(settings)) {
      assertThat(context.getBean(Keys.class).created()).isTrue();
      assertThat(folder.resolve("data")).doesNotExist();
      assertThat(HopRows.examine(context))
          .hasSize(2)
          .allMatch(it -> it.well() && it.line().startsWith("TLSv1.3 TLS_"));
    }

    settings.put("sotto.trusted-certificates", "");
    assertThatThrownBy(() -> Installation.open(settings).close())
        .satisfies(failure -> assertThat(Failures.line(failure)).contains("PostgreSQL", NEEDED));
  }

  private static void refused(String url, String line) {
    assertThatThrownBy(() -> protocol(url))
        .satisfies(failure -> assertThat(Failures.line(failure)).contains("PostgreSQL", line));
  }

  private static String secured(String host, String parameters, String trusted) {
    Map<String, Object> properties = new HashMap<>();
    properties.put("datasources.default.url", server.address(host) + "postgres" + parameters);
    properties.put("sotto.trusted-certificates", trusted);
    return DatabasesTest.url(properties);
  }

  /** The version of TLS, as the server sees it. */
  private static String protocol(String url) throws SQLException {
    return server.queried(url, "select version from pg_stat_ssl where pid = pg_backend_pid()");
  }

  /** What the driver does where nobody forbids it. */
  public static final class Tls12 extends NonValidatingFactory {
    public Tls12() throws GeneralSecurityException {
      super("");
    }

    @Override
    public Socket createSocket(Socket socket, String host, int port, boolean autoClose)
        throws IOException {
      Socket made = super.createSocket(socket, host, port, autoClose);
      SSLSocket old = (SSLSocket) made;
      old.setEnabledProtocols(new String[] {"TLSv1.2"});
      old.setEnabledCipherSuites(old.getSupportedCipherSuites());
      return old;
    }
  }
}
