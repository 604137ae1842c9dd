package dev.sotto.bots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sotto.crypto.SealedTexts.Use;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.env.PropertySource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretRulesTest {
  private static final String TOKEN = "sotto.slack.bot-token";
  private static final String VALUE = "xoxb-20417-brackenfold";

  @TempDir private Path folder;
  private Path rootKey;

  @BeforeEach
  void makeRootKey() throws IOException {
    rootKey = Files.createDirectory(folder.resolve("safe")).resolve("root.key");
    Files.writeString(rootKey, Base64.getEncoder().encodeToString(new byte[32]) + "\n");
    Files.setPosixFilePermissions(rootKey, PosixFilePermissions.fromString("rw-------"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      value = {
        "sotto.slack.bot-token ¦ anything at all",
        "sotto.slack.bot-token ¦ ${SLACK_BOT_TOKEN:hunter22}",
        "datasources.keys.password ¦ hunter22",
        "sotto.default-assistant ¦ xoxb-20417-brackenfold",
        "sotto.default-assistant ¦ xapp-1-20417-brackenfold",
        "sotto.default-assistant ¦ sk-brackenfold-204170000",
        "micronaut.application.name ¦ AIzaSyBrackenfold0123456789012345678901",
        "sotto.access.admins ¦ MTIzNDU2Nzg5MDEyMzQ1Njc4.GabcdE.brackenfoldbrackenfoldbrackenfold12",
        "some.other.key ¦ -----BEGIN EC PRIVATE KEY-----",
        "datasources.default.url ¦ jdbc:postgresql://db/sotto?user=sotto&password=hunter22",
        "datasources.default.url ¦ jdbc:postgresql://sotto:hunter22@db/sotto",
      })
  void refusesASecretThatStandsInAConfigurationFile(String key, String value) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> secrets(inFile(key, value)))
        .withMessageContaining(key)
        .withMessageContaining("bots/sotto secrets seal")
        .withMessageNotContaining(value)
        .withMessageNotContaining("hunter22");
  }

  @ParameterizedTest
  @ValueSource(strings = {"${SLACK_BOT_TOKEN:}", "${ONE:${OTHER:}}", ""})
  void takesAReferenceInAConfigurationFile(String value) {
    assertThatCode(() -> secrets(inFile(TOKEN, value))).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/srv/sk-a-folder-with-a-long-name/x",
        "https://models.example.com/v1",
        "slack:U1"
      })
  void takesWhatIsNoSecret(String value) {
    assertThatCode(() -> secrets(inFile("sotto.data-directory", value))).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sotto.slack.bot-token",
        "slack.bot.token",
        "SLACK_BOT_TOKEN",
        "SOTTO_DISCORD_TOKEN",
        "datasources.default.password",
        "any.key"
      })
  void refusesASecretThatIsASystemProperty(String key) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> secrets(PropertySource.of("system", Map.of(key, VALUE))))
        .withMessageStartingWith("-D" + key)
        .withMessageNotContaining(VALUE);
  }

  @Test
  void refusesASecretThatIsAnArgument() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SecretRules.checkArguments("secrets", "seal", TOKEN, VALUE))
        .withMessageStartingWith("argument 4")
        .withMessageNotContaining(VALUE);
    assertThatCode(() -> SecretRules.checkArguments("secrets", "seal", TOKEN))
        .doesNotThrowAnyException();
  }

  @Test
  void opensASealedValueForItsOwnPropertyAndForNoOther() {
    String sealed = seal(TOKEN, VALUE);

    assertThat(secrets(inFile(TOKEN, sealed))).containsEntry(TOKEN, VALUE);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> secrets(inFile("sotto.slack.app-token", sealed)))
        .withMessage(
            "sotto.slack.app-token was altered, or sealed for another name; seal it again:"
                + " bots/sotto secrets seal sotto.slack.app-token");
  }

  @Test
  void sealsThePasswordOfADatabaseBeforeAnyDatabaseIsOpen() {
    String sealed = seal("datasources.keys.password", "hunter22");

    assertThat(secrets(inFile("datasources.keys.password", sealed)))
        .containsEntry("datasources.keys.password", "hunter22");
  }

  @Test
  void namesThePropertyAndTheMendUnderAnotherRootKey() throws IOException {
    String sealed = seal(TOKEN, VALUE);
    byte[] other = new byte[32];
    other[0] = 1;
    Files.writeString(rootKey, Base64.getEncoder().encodeToString(other) + "\n");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> secrets(inFile(TOKEN, sealed)))
        .withMessageStartingWith(TOKEN + " was sealed under another root key")
        .withMessageEndingWith("bots/sotto secrets seal " + TOKEN);
  }

  @Test
  void readsASecretFromItsFileAndRefusesAnEmptyOne() throws IOException {
    Path file = Files.writeString(folder.resolve("token"), VALUE + "\n");

    assertThat(secrets(inFile(TOKEN, "file:" + file))).containsEntry(TOKEN, VALUE);

    Files.writeString(file, "\n");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> secrets(inFile(TOKEN, "file:" + file)))
        .withMessage(TOKEN + ": the file " + file + " is empty");
  }

  private static PropertySource inFile(String key, String value) {
    return PropertySource.of("application", Map.of(key, value));
  }

  private String seal(String property, String value) {
    try (Outside outside = Installation.outside(overrides())) {
      return outside.texts().seal(Use.PROPERTY, property, value);
    }
  }

  private Map<String, Object> overrides() {
    Map<String, Object> overrides = new HashMap<>();
    overrides.put("sotto.root-key", "file:" + rootKey);
    overrides.put("sotto.data-directory", folder.resolve("data").toString());
    return overrides;
  }

  private Map<String, Object> secrets(PropertySource source) {
    try (ApplicationContext context =
        ApplicationContext.builder()
            .deduceEnvironment(false)
            .properties(overrides())
            .propertySources(source)
            .build()) {
      context.getEnvironment().start();
      try (Outside outside = new Outside(context.getEnvironment())) {
        return Configuration.secrets(context.getEnvironment(), outside::texts);
      }
    }
  }
}
