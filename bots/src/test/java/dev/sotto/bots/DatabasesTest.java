package dev.sotto.bots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.micronaut.context.ApplicationContext;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabasesTest {
  private static final String URL = "datasources.default.url";
  private static final String FORCED =
      "sslmode=verify-full&ssl=true&gssEncMode=disable&sslfactory=dev.sotto.bots.DatabaseTls";
  private static final String PATIENCE = "&connectTimeout=5&socketTimeout=60&tcpKeepAlive=true";

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      value = {
        "jdbc:postgresql://db.example.com/sotto ¦ ?",
        "jdbc:postgresql://127.0.0.1:5432/sotto ¦ ?",
        "jdbc:postgresql:sotto ¦ ?",
        "jdbc:postgresql://db/sotto?ApplicationName=a ¦ &",
        "jdbc:postgresql://db/sotto?SSLMODE=verify-full ¦ &",
      })
  void forcesVerifiedTlsOnPostgresAlsoOnLoopback(String given, String sign) {
    assertThat(url(Map.of(URL, given))).isEqualTo(given + sign + FORCED + PATIENCE);
  }

  @Test
  void keepsWhatIsAsStrongAndTheAuthoritiesOfTheAddress() {
    assertThat(
            url(
                Map.of(
                    URL,
                    "jdbc:postgresql://db/sotto?sslmode=verify-full&ssl=true&sslrootcert=/ca.pem")))
        .isEqualTo(
            "jdbc:postgresql://db/sotto?sslmode=verify-full&ssl=true&sslrootcert=/ca.pem"
                + "&gssEncMode=disable&sslfactory=dev.sotto.bots.DatabaseTls"
                + PATIENCE);
  }

  @Test
  void trustsTheFurtherCertificatesOfEveryHop() {
    Map<String, Object> given =
        Map.of(
            URL, "jdbc:postgresql://db/sotto", "sotto.trusted-certificates", "/etc/our own/ca.pem");

    assertThat(url(given)).endsWith(FORCED + "&sslfactoryarg=%2Fetc%2Four+own%2Fca.pem" + PATIENCE);
  }

  @Test
  void givesUpAServerThatWentSilentUnlessTheAddressSaysWhen() {
    assertThat(url(Map.of(URL, "jdbc:postgresql://db/sotto?socketTimeout=0&connectTimeout=9")))
        .endsWith(FORCED + "&tcpKeepAlive=true")
        .contains("?socketTimeout=0&connectTimeout=9&");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sslmode=disable",
        "sslmode=prefer",
        "sslmode=require",
        "sslmode=verify-ca",
        "sslmode=verify%2Dca",
        "sslmode",
        "SSLMode=disable",
        "ssl=false",
        "gssEncMode=prefer",
        "sslmode=verify-full&sslmode=disable",
        "sslfactory=org.postgresql.ssl.NonValidatingFactory",
        "sslfactoryarg=/tmp/ca.pem",
        "sslhostnameverifier=any.Body",
        "socketFactory=any.Body",
        "service=ours",
      })
  void refusesAPostgresAddressThatAsksForLess(String setting) {
    String name = setting.split("=", 2)[0];

    assertThatIllegalArgumentException()
        .isThrownBy(() -> url(Map.of(URL, "jdbc:postgresql://db/sotto?" + setting)))
        .withMessageContaining(URL)
        .withMessageContaining(name)
        .withMessageNotContaining("\n");
  }

  @Test
  void refusesSettingsBesideTheAddress() {
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            url(
                Map.of(
                    URL,
                    "jdbc:postgresql://db/sotto",
                    "datasources.default.data-source-properties.socketFactory",
                    "any.Body")))
        .withMessageContaining("datasources.default.url");
  }

  @Test
  void leavesAUnixSocketAsItIs() {
    String given =
        "jdbc:postgresql://localhost/sotto?socketFactoryArg=/run/postgresql/.s.PGSQL.5432"
            + "&socketFactory=org.newsclub.net.unix.AFUNIXSocketFactory$FactoryArg";

    assertThat(url(Map.of(URL, given))).isEqualTo(given);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:mysql://db/sotto",
        "jdbc:h2:tcp://db/sotto",
        "jdbc:h2:ssl://db/sotto",
        "jdbc:h2:file:/data/sotto;WRITE_DELAY=500",
      })
  void refusesOtherDatabases(String given) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> url(Map.of(URL, given)))
        .withMessageContaining(URL);
  }

  @Test
  void isAFileInTheDataDirectoryWithoutAnAddress() {
    assertThat(url(Map.of())).startsWith("jdbc:h2:file:/data/sotto;").contains("WRITE_DELAY=0");
  }

  /** The address that is made of the properties. */
  static String url(Map<String, Object> properties) {
    Map<String, Object> all = new HashMap<>(properties);
    all.put("sotto.data-directory", "/data");
    try (ApplicationContext context =
        ApplicationContext.builder()
            .deduceEnvironment(false)
            .overrideConfigLocations("file:" + Installation.HOME.resolve("config") + "/")
            .properties(all)
            .build()) {
      context.getEnvironment().start();
      return String.valueOf(Databases.settings(context.getEnvironment()).get(URL));
    }
  }
}
