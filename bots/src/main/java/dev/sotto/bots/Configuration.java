package dev.sotto.bots;

import dev.sotto.assistant.Nearest;
import dev.sotto.crypto.SealedTextException;
import dev.sotto.crypto.SealedTexts;
import dev.sotto.crypto.SealedTexts.Use;
import io.micronaut.context.env.Environment;
import io.micronaut.context.env.PropertySource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks what an operator wrote before anything starts: an unknown {@code sotto.*} key is an error
 * that names the nearest known one, and a secret never stands in a file in clear.
 */
final class Configuration {
  private static final Logger LOG = LoggerFactory.getLogger(Configuration.class);
  private static final String FILE = "file:";
  private static final Set<PosixFilePermission> OWNER_ONLY =
      EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
  private static final List<String> PLAIN =
      List.of(
          "sotto.home",
          "sotto.data-directory",
          "sotto.root-key",
          "sotto.audit-anchor",
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
          "sotto.limits.turns",
          "sotto.limits.turns-per-workspace",
          "sotto.limits.turns-per-person",
          "sotto.limits.waiting",
          "sotto.limits.waiting-per-workspace",
          "sotto.limits.waiting-per-person",
          "sotto.limits.messages-per-minute",
          "sotto.management.port",
          "sotto.management.certificate",
          "sotto.management.private-key",
          "sotto.traces.endpoint",
          "sotto.models.demo.pace");
  private static final List<String> OF_A_MODEL =
      List.of("base-url", "allow-loopback-http", "read-timeout", "max-tokens");
  private static final List<String> MODELS = List.of("openai", "anthropic", "gemini", "ollama");
  private static final List<String> KNOWN =
      Stream.of(
              SecretRules.SECRETS.stream().filter(it -> it.startsWith("sotto.")),
              PLAIN.stream(),
              MODELS.stream()
                  .flatMap(it -> OF_A_MODEL.stream().map(key -> "sotto.models." + it + "." + key)))
          .flatMap(it -> it)
          .sorted()
          .toList();
  private static final Pattern INDEX = Pattern.compile("\\[\\d+]");

  private Configuration() {}

  /**
   * Reads the secrets that are references to files, and opens those that are sealed.
   *
   * @param sealed asked for only if there is a sealed one
   * @throws IllegalArgumentException a key is unknown, a secret is literal, its file unreadable, or
   *     it does not open; the message names the key
   */
  static Map<String, Object> secrets(Environment environment, Supplier<SealedTexts> sealed) {
    environment.getPropertySources().forEach(Configuration::check);
    Map<String, Object> secrets = new HashMap<>();
    for (String key : SecretRules.SECRETS) {
      String given = environment.getProperty(key, String.class).orElse("").strip();
      if (given.startsWith(FILE)) {
        secrets.put(key, read(key, Path.of(given.substring(FILE.length()))));
      } else if (given.startsWith(SealedTexts.MARK)) {
        secrets.put(key, opened(key, given, sealed.get()));
      }
    }
    return secrets;
  }

  private static void check(PropertySource source) {
    StreamSupport.stream(source.spliterator(), false)
        .forEach(key -> {
          checkKnown(INDEX.matcher(key).replaceAll(""));
          SecretRules.check(source, key, String.valueOf(source.get(key)));
        });
  }

  private static void checkKnown(String key) {
    boolean variable = key.startsWith("SOTTO_");
    if (!variable && !key.startsWith("sotto.")) {
      return;
    }
    List<String> known = variable ? KNOWN.stream().map(SecretRules::variable).toList() : KNOWN;
    if (!known.contains(key)) {
      throw new IllegalArgumentException(
          "unknown property '" + key + "'" + Nearest.hint(key, known));
    }
  }

  private static String opened(String key, String given, SealedTexts sealed) {
    try {
      return sealed.open(Use.PROPERTY, key, given);
    } catch (SealedTextException e) {
      throw new IllegalArgumentException(
          key + " " + e.getMessage() + ": bots/sotto secrets seal " + key, e);
    }
  }

  private static String read(String key, Path file) {
    try {
      if (!OWNER_ONLY.containsAll(Files.getPosixFilePermissions(file))) {
        LOG.warn("{}: {} can be read by others; better: chmod 600 {}", key, file, file);
      }
      String value = Files.readString(file).strip();
      if (value.isEmpty()) {
        throw new IllegalArgumentException(key + ": the file " + file + " is empty");
      }
      return value;
    } catch (IOException e) {
      throw new IllegalArgumentException(key + ": the file " + file + " cannot be read", e);
    }
  }
}
