package dev.sotto.assistant;

import dev.sotto.assistant.Section.Located;
import dev.sotto.assistant.Section.Place;
import dev.sotto.assistant.Yaml.RefusedException;
import dev.sotto.chat.Platform;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads the definition of an assistant from YAML. Everything that is wrong with it is told at once,
 * each with its place; a file that is dangerous or no YAML at all is refused with one line. At most
 * 256 KiB, twelve levels deep, without aliases and tags.
 */
public final class AssistantFile {

  private AssistantFile() {}

  /** What reading a definition came to. */
  public sealed interface Parsed {}

  /**
   * A definition without a mistake.
   *
   * @param line where its id stands
   * @param column where its id stands
   */
  public record Good(Assistant assistant, int line, int column) implements Parsed {}

  /** Mistakes, at least one, in the order of the file. */
  public record Bad(List<Problem> problems) implements Parsed {
    public Bad {
      problems = List.copyOf(problems);
    }
  }

  /**
   * Reads a definition that quotes no files: an entry under {@code knowledge} is a mistake.
   *
   * @param file the name for messages
   */
  public static Parsed parse(String file, byte[] yaml) {
    return parse(file, yaml, Documents.none());
  }

  static Parsed parse(String file, byte[] yaml, Documents documents) {
    Checker checker = new Checker(file);
    try {
      Section section = checker.document(Yaml.read(text(yaml)), AssistantFields.ASSISTANT);
      new AssistantRules(checker).check(section);
      for (Located name : section.located("knowledge")) {
        documents
            .problem((String) name.value())
            .ifPresent(problem -> checker.refuse(name.at(), problem));
      }
      if (checker.problems().isEmpty()) {
        Place id = section.at("id");
        return new Good(
            assistant(section, version(yaml, section, documents)), id.line(), id.column());
      }
    } catch (RefusedException refused) {
      checker.refuse(refused.at(), String.valueOf(refused.getMessage()));
    } catch (UncheckedIOException gone) {
      checker.refuse(new Place(1, 1), "a file under 'knowledge' was taken away while it was read");
    }
    return new Bad(checker.problems());
  }

  private static String text(byte[] yaml) throws RefusedException {
    if (yaml.length > Yaml.MOST_BYTES) {
      throw new RefusedException(new Place(1, 1), "larger than " + Yaml.MOST_BYTES / 1024 + " KiB");
    }
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(yaml)).toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException notText) {
      throw new RefusedException(new Place(1, 1), "not UTF-8 text");
    }
  }

  private static String version(byte[] yaml, Section section, Documents documents) {
    try {
      MessageDigest hash = MessageDigest.getInstance("SHA-256");
      hash.update(hash.digest(yaml));
      for (String name : section.list("knowledge", String.class)) {
        hash.update(MessageDigest.getInstance("SHA-256").digest(documents.bytes(name)));
      }
      return HexFormat.of().formatHex(hash.digest(), 0, 6);
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("every Java has SHA-256", missing);
    }
  }

  private static Assistant assistant(Section file, String version) {
    return new Assistant(
        file.text("id"),
        version,
        file.text("name"),
        file.text("description"),
        constant(Assistant.Kind.class, file.text("kind")),
        file.list("model", String.class),
        file.find("temperature", Double.class),
        file.text("instructions"),
        file.text("greeting"),
        file.list("prompts", String.class),
        memory(file.get("memory", Section.class)),
        file.list("knowledge", String.class),
        file.list("tools", Section.class).stream().map(AssistantFile::tool).toList(),
        limits(file.get("limits", Section.class)),
        file.list("bindings", Section.class).stream().map(AssistantFile::binding).toList(),
        guard(file.get("guard", Section.class)),
        access(file.get("access", Section.class)),
        file.list("questions", Section.class).stream().map(AssistantFile::question).toList());
  }

  private static Assistant.Memory memory(Section memory) {
    return new Assistant.Memory(
        constant(Assistant.Scope.class, memory.text("scope")),
        Math.toIntExact(memory.get("window", Long.class)),
        memory.get("summary", Boolean.class),
        constant(Assistant.Facts.class, memory.text("facts")),
        memory.get("retention", Duration.class));
  }

  private static Assistant.Tool tool(Section tool) {
    return new Assistant.Tool(
        tool.text("name"), constant(Assistant.Approval.class, tool.text("approval")));
  }

  private static Assistant.Limits limits(Section limits) {
    return new Assistant.Limits(
        limits.find("messages-per-person", Assistant.Rate.class),
        limits.find("tokens", Assistant.Rate.class));
  }

  private static Binding binding(Section binding) {
    return binding.has("slack")
        ? new Binding(Platform.SLACK, Binding.bare(binding.text("slack")), Optional.empty())
        : new Binding(
            Platform.DISCORD,
            Binding.bare(binding.text("discord")),
            binding.find("guild", String.class));
  }

  private static Assistant.Guard guard(Section guard) {
    Set<Assistant.Redaction> redact =
        guard.list("redact", String.class).stream()
            .map(kind -> constant(Assistant.Redaction.class, kind))
            .collect(Collectors.toSet());
    return new Assistant.Guard(redact, Set.copyOf(guard.list("links", String.class)));
  }

  private static Assistant.Access access(Section access) {
    return new Assistant.Access(who(access, "use"), who(access, "edit"));
  }

  private static List<Who> who(Section access, String key) {
    return access.list(key, String.class).stream().map(AssistantFile::who).toList();
  }

  private static Who who(String words) {
    String name = words.substring(words.indexOf(':') + 1);
    return switch (words.substring(0, words.length() - name.length())) {
      case "role:" -> new Who.Role(name);
      case "slack:" -> new Who.One(Platform.SLACK, name);
      case "discord:" -> new Who.One(Platform.DISCORD, name);
      default -> name.equals("everyone") ? new Who.Everyone() : new Who.Admins();
    };
  }

  private static Question question(Section question) {
    List<String> right =
        Stream.of("correct", "answers")
            .flatMap(key -> question.list(key, String.class).stream())
            .toList();
    return new Question(
        question.text("question"),
        question.list("choices", String.class),
        right,
        question.text("explanation"));
  }

  static <E extends Enum<E>> E constant(Class<E> type, String word) {
    return Enum.valueOf(type, word.toUpperCase(Locale.ROOT));
  }
}
