package dev.sotto.bots;

import dev.sotto.assistant.Nearest;
import io.micronaut.context.env.Environment;
import io.micronaut.context.env.PropertySource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Checks what an operator wrote before anything starts: an unknown {@code sotto.*} key is an error
 * that names the nearest known one, and a secret never stands in a file in clear.
 */
final class Configuration {
  private static final Set<String> SECRETS =
      Set.of(
          "sotto.slack.bot-token",
          "sotto.slack.app-token",
          "sotto.discord.token",
          "sotto.models.openai.api-key",
          "sotto.models.anthropic.api-key",
          "sotto.models.gemini.api-key",
          "sotto.models.ollama.api-key",
          "sotto.root-passphrase",
          "sotto.vault.token",
          "datasources.default.password",
          "datasources.keys.password");
  private static final List<String> PLAIN =
      List.of(
          "sotto.home",
          "sotto.data-directory",
          "sotto.root-key",
          "sotto.aws.kms-url",
          "sotto.aws.sts-url",
          "sotto.gcp.kms-url",
          "sotto.gcp.credentials",
          "sotto.vault.token-file",
          "sotto.vault.namespace",
          "sotto.trusted-certificates",
          "sotto.assistants-directory",
          "sotto.default-assistant",
          "sotto.access.admins",
          "sotto.slack.api-url",
          "sotto.discord.api-url",
          "sotto.models.demo.pace");
  private static final List<String> OF_A_MODEL =
      List.of("base-url", "allow-loopback-http", "read-timeout", "max-tokens");
  private static final List<String> MODELS = List.of("openai", "anthropic", "gemini", "ollama");
  private static final List<String> KNOWN =
      Stream.of(
              SECRETS.stream().filter(it -> it.startsWith("sotto.")),
              PLAIN.stream(),
              MODELS.stream()
                  .flatMap(it -> OF_A_MODEL.stream().map(key -> "sotto.models." + it + "." + key)))
          .flatMap(it -> it)
          .sorted()
          .toList();
  private static final Pattern INDEX = Pattern.compile("\\[\\d+]");
  private static final Pattern REFERENCE = Pattern.compile("\\$\\{.*}|file:.+|");

  private Configuration() {}

  /**
   * Reads the secrets that are references to files.
   *
   * @throws IllegalArgumentException a key is unknown, a secret is literal, or its file unreadable
   */
  static Map<String, Object> secrets(Environment environment) {
    environment.getPropertySources().forEach(Configuration::check);
    Map<String, Object> secrets = new HashMap<>();
    for (String key : SECRETS) {
      environment
          .getProperty(key, String.class)
          .filter(it -> it.startsWith("file:"))
          .ifPresent(it -> secrets.put(key, read(key, Path.of(it.substring("file:".length())))));
    }
    return secrets;
  }

  private static void check(PropertySource source) {
    boolean file = source.getName().contains("application");
    StreamSupport.stream(source.spliterator(), false)
        .forEach(key -> {
          checkKnown(INDEX.matcher(key).replaceAll(""));
          if (file && SECRETS.contains(key)) {
            checkReference(key, String.valueOf(source.get(key)));
          }
        });
  }

  private static void checkKnown(String key) {
    boolean variable = key.startsWith("SOTTO_");
    if (!variable && !key.startsWith("sotto.")) {
      return;
    }
    List<String> known = variable ? KNOWN.stream().map(Configuration::variable).toList() : KNOWN;
    if (!known.contains(key)) {
      throw new IllegalArgumentException(
          "unknown property '" + key + "'" + Nearest.hint(key, known));
    }
  }

  private static void checkReference(String key, String value) {
    if (!REFERENCE.matcher(value).matches()) {
      throw new IllegalArgumentException(
          key
              + " is a secret and must not stand in the configuration file: use "
              + "the environment or file:/path/to/it");
    }
  }

  private static String variable(String key) {
    return key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  private static String read(String key, Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new IllegalArgumentException(key + ": the file " + file + " cannot be read", e);
    }
  }
}
