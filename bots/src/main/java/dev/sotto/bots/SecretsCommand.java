package dev.sotto.bots;

import dev.sotto.assistant.Nearest;
import dev.sotto.crypto.SealedTexts;
import dev.sotto.crypto.SealedTexts.Use;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code secrets}: what an operator keeps outside of the databases, sealed under the root key. */
@Command(
    name = "secrets",
    mixinStandardHelpOptions = true,
    description = "Seal secrets for the configuration, and definitions of assistants.",
    subcommands = SecretsCommand.Seal.class)
final class SecretsCommand implements Runnable {
  @Override
  public void run() {
    CommandLine.usage(this, System.out);
  }

  /** {@code secrets seal}: says one line on standard output, or writes one file. */
  @Command(
      name = "seal",
      mixinStandardHelpOptions = true,
      description =
          "Seal a value for one property, or a file for its name. The value is asked for without"
              + " an echo, or read from standard input.")
  static final class Seal implements Callable<Integer> {
    private static final int MOST_BYTES = 65_536;

    /** More than one is taken only to refuse it without repeating it. */
    @Parameters(
        arity = "0..*",
        paramLabel = "PROPERTY",
        description = "For example sotto.slack.bot-token.")
    private List<String> words = List.of();

    @Option(
        names = "--file",
        paramLabel = "FILE",
        description = "A definition of an assistant; FILE.sealed is written beside it.")
    private @Nullable Path file;

    @Override
    public Integer call() throws IOException {
      try (Outside outside = Installation.outside(Map.of())) {
        return seal(outside, System.in, System.out);
      }
    }

    private int seal(Outside outside, InputStream in, PrintStream out) throws IOException {
      Path definition = file;
      if (definition != null && words.isEmpty()) {
        System.err.println("sotto: wrote " + sealFile(definition, outside));
        return 0;
      }
      String property = property();
      String value = value(property, in);
      out.println(outside.texts().seal(Use.PROPERTY, property, value));
      return 0;
    }

    private String property() {
      if (words.size() != 1 || file != null) {
        throw new IllegalArgumentException(
            "secrets seal takes the name of one property, or --file; the value is asked for, or"
                + " read from standard input");
      }
      List<String> known = SecretRules.SECRETS.stream().sorted().toList();
      String name = words.getFirst();
      return known.stream()
          .filter(it -> it.equals(name) || SecretRules.variable(it).equals(name))
          .findFirst()
          .orElseThrow(() ->
              new IllegalArgumentException(
                  "secrets seal: no secret has that name" + Nearest.hint(name, known)));
    }

    private static String value(String property, InputStream in) throws IOException {
      Optional<Console> terminal =
          Optional.ofNullable(System.console()).filter(Console::isTerminal);
      String value =
          terminal.isPresent()
              ? new String(
                  Optional.ofNullable(terminal.get().readPassword("%s: ", property))
                      .orElse(new char[0]))
              : new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
      if (value.isBlank()) {
        throw new IllegalArgumentException("secrets seal: there was no value");
      }
      return value.strip();
    }

    /** Written as a whole or not at all, because assistants are read as soon as they change. */
    private static Path sealFile(Path file, Outside outside) throws IOException {
      String name = String.valueOf(file.getFileName());
      if (!name.matches("[^.].*\\.ya?ml")) {
        throw new IllegalArgumentException(
            "secrets seal --file takes the definition of an assistant, such as helpdesk.yaml");
      }
      if (!Files.isReadable(file) || Files.size(file) > SealedTexts.LIMIT) {
        throw new IllegalArgumentException(
            "secrets seal: " + file + " cannot be read, or is larger than 1 MiB");
      }
      String sealed = outside.texts().seal(Use.ASSISTANT, name, Files.readString(file));
      Path target = file.resolveSibling(name + ".sealed");
      NewFile.write(target, (sealed + "\n").getBytes(StandardCharsets.US_ASCII));
      return target;
    }
  }
}
