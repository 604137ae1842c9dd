package dev.sotto.bots;

import io.micronaut.context.env.EnvironmentPropertySource;
import io.micronaut.context.env.PropertySource;
import io.micronaut.context.env.SystemPropertiesPropertySource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which properties are secrets, and where a secret must not stand: in a configuration file in
 * clear, under whatever key, nor in a {@code -D} property or an argument, which process lists, JFR
 * and crash reports show.
 */
final class SecretRules {
  /** The properties that are secrets. */
  static final Set<String> SECRETS =
      Set.of(
          "sotto.slack.bot-token",
          "sotto.slack.app-token",
          "sotto.discord.token",
          "sotto.models.openai.api-key",
          "sotto.models.anthropic.api-key",
          "sotto.models.gemini.api-key",
          "sotto.models.ollama.api-key",
          "sotto.root-passphrase",
          EmbeddedFile.PASSWORD,
          "sotto.vault.token",
          "datasources.default.password",
          "datasources.keys.password");

  /** What {@code config/application.yml} and the root key take from the environment. */
  private static final List<String> SHORT_NAMES =
      List.of(
          "SLACK_BOT_TOKEN",
          "SLACK_APP_TOKEN",
          "DISCORD_TOKEN",
          "OPENAI_API_KEY",
          "ANTHROPIC_API_KEY",
          "GEMINI_API_KEY",
          "SOTTO_ROOT_PASSPHRASE",
          "VAULT_TOKEN");

  private static final Set<String> VARIABLES =
      Stream.concat(SECRETS.stream().map(SecretRules::variable), SHORT_NAMES.stream())
          .collect(Collectors.toUnmodifiableSet());

  private static final Pattern REFERENCE =
      Pattern.compile("(?:\\$\\{[\\w.\\-]+:?)+}+|file:.+|sealed:.+|", Pattern.DOTALL);

  /** The forms of Slack, OpenAI, Anthropic, Google, AWS and Discord, and of private keys. */
  private static final Pattern TOKEN =
      Pattern.compile(
          "(?<![\\w/.\\-])(?:xox[a-z]-[\\w\\-]{6,}|xapp-[\\w\\-]{6,}|sk-[\\w\\-]{16,}|AIza[\\w\\-]{30,}"
              + "|AKIA[0-9A-Z]{16}|[\\w\\-]{23,32}\\.[\\w\\-]{6,7}\\.[\\w\\-]{27,})"
              + "|-----BEGIN [A-Z ]*PRIVATE KEY-----");

  private static final Pattern PASSWORD_IN_ADDRESS =
      Pattern.compile(
          "jdbc:.*(?:[?&;]password=[^&;$]|//[^/@?;]*:[^/@?;$]+@)", Pattern.CASE_INSENSITIVE);

  private static final String MEND =
      ": use the environment, file:/path/to/it, or a sealed: value (bots/sotto secrets seal)";

  private SecretRules() {}

  /**
   * Looks at one value of the configuration.
   *
   * @throws IllegalArgumentException a secret stands where it must not; the message names the key
   */
  static void check(PropertySource source, String key, String value) {
    switch (source.getName()) {
      case EnvironmentPropertySource.NAME, PropertySource.CONTEXT -> {}
      case SystemPropertiesPropertySource.NAME -> checkVisible(key, value);
      default -> checkWritten(key, value);
    }
  }

  /**
   * Looks at the words of a command line.
   *
   * @throws IllegalArgumentException one has the form of a secret; the message does not repeat it
   */
  static void checkArguments(String... words) {
    for (int i = 0; i < words.length; i++) {
      if (TOKEN.matcher(words[i]).find()) {
        throw new IllegalArgumentException(
            "argument "
                + (i + 1)
                + " has the form of a secret, and every process list shows it"
                + MEND);
      }
    }
  }

  /** The variable of the environment that sets a property. */
  static String variable(String key) {
    return key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  private static void checkVisible(String key, String value) {
    boolean secret = VARIABLES.contains(variable(key)) || TOKEN.matcher(value).find();
    if (secret && !REFERENCE.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "-D" + key + " holds a secret, and every process list shows it" + MEND);
    }
  }

  private static void checkWritten(String key, String value) {
    if (SECRETS.contains(key) && !REFERENCE.matcher(value).matches()) {
      throw new IllegalArgumentException(
          key + " is a secret and must not stand in the configuration file" + MEND);
    }
    if (TOKEN.matcher(value).find()) {
      throw new IllegalArgumentException(
          key + " holds what has the form of a secret, in the configuration file" + MEND);
    }
    if (PASSWORD_IN_ADDRESS.matcher(value).find()) {
      throw new IllegalArgumentException(
          key + " has a password in it, in the configuration file: set it as .password" + MEND);
    }
  }

  /** Names of variables that hold secrets of whatever kind, for masking. */
  static boolean soundsSecret(String variable) {
    return Arrays.stream(variable.toUpperCase(Locale.ROOT).split("_", -1))
        .anyMatch(Set.of("TOKEN", "SECRET", "PASSWORD", "PASSPHRASE", "KEY", "PASS")::contains);
  }
}
