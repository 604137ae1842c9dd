package dev.sotto.assistant;

import dev.sotto.assistant.AssistantFile.Bad;
import dev.sotto.assistant.AssistantFile.Good;
import dev.sotto.crypto.SealedTextException;
import dev.sotto.crypto.root.RootKeyException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Reads all definitions of a folder, {@code *.yaml} and {@code *.yml}, and the same with {@code
 * .sealed} after it. A file that has become bad keeps its last good version.
 */
final class FolderReader {
  static final int MOST_FILES = 200;
  static final String SEALED = ".sealed";
  private static final String DEFINITION = "[^.].*\\.ya?ml(\\.sealed)?";

  /** A sealed file is in base64, and has its keys beside it. */
  private static final int MOST_SEALED = Yaml.MOST_BYTES * 3 / 2 + 16_384;

  private final Path folder;
  private final Documents documents;
  private final Opener opener;

  /** Opens the definitions that are sealed. */
  @FunctionalInterface
  interface Opener {
    /**
     * The definition.
     *
     * @param file the name that it was sealed for
     * @throws SealedTextException it was not sealed for that name, or does not verify
     * @throws RootKeyException the root key cannot be used
     */
    String open(String file, String sealed);
  }

  FolderReader(Path folder, Opener opener) {
    this.folder = folder;
    this.opener = opener;
    this.documents = Documents.in(folder);
  }

  /**
   * The folder as it is now.
   *
   * @param before what was running until now
   * @throws AssistantsException there is no folder or no definition in it
   */
  Snapshot read(Snapshot before) {
    Map<String, Good> good = new TreeMap<>();
    List<Problem> problems = new ArrayList<>();
    List<Path> files = files();
    for (Path file : files) {
      String name = name(file);
      switch (parse(file)) {
        case Good it -> good.put(name, it);
        case Bad it -> problems.addAll(it.problems());
      }
    }
    Map<String, Assistant> running = settle(good, before, problems);
    files.stream()
        .map(FolderReader::name)
        .filter(name -> !running.containsKey(name))
        .forEach(name -> keep(name, before, running));
    return new Snapshot(running, problems);
  }

  /** Changes whenever a definition or a document does: names, sizes and times. */
  Map<String, String> fingerprint(Snapshot running) {
    Map<String, String> marks = new HashMap<>();
    try {
      files().forEach(file -> marks.put(name(file), mark(file)));
    } catch (AssistantsException missing) {
      marks.put("", "missing");
    }
    running.all().stream()
        .flatMap(it -> it.knowledge().stream())
        .forEach(name -> marks.put(name, mark(folder.resolve(name))));
    return marks;
  }

  /** The text of a document; empty when it is gone. */
  Optional<String> document(String name) {
    try {
      return documents.problem(name).isPresent()
          ? Optional.empty()
          : Optional.of(new String(documents.bytes(name), StandardCharsets.UTF_8));
    } catch (UncheckedIOException gone) {
      return Optional.empty();
    }
  }

  private List<Path> files() {
    try (Stream<Path> found = Files.list(folder)) {
      List<Path> files = found.filter(file -> name(file).matches(DEFINITION)).sorted().toList();
      if (files.isEmpty()) {
        throw new AssistantsException(
            folder + ": there is no assistant; put a file such as helpdesk.yaml there");
      }
      return files;
    } catch (IOException missing) {
      throw new AssistantsException(
          folder + ": this folder cannot be read; make it or set sotto.assistants-directory");
    }
  }

  private AssistantFile.Parsed parse(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      String name = name(file);
      byte[] yaml =
          name.endsWith(SEALED)
              ? opened(name, in.readNBytes(MOST_SEALED))
              : in.readNBytes(Yaml.MOST_BYTES + 1);
      return AssistantFile.parse(name, yaml, documents);
    } catch (IOException unreadable) {
      return bad(file, "the file cannot be read");
    } catch (SealedTextException | RootKeyException refused) {
      return bad(file, String.valueOf(refused.getMessage()));
    }
  }

  private byte[] opened(String name, byte[] sealed) {
    String meant = name.substring(0, name.length() - SEALED.length());
    return opener
        .open(meant, new String(sealed, StandardCharsets.ISO_8859_1))
        .getBytes(StandardCharsets.UTF_8);
  }

  private static Bad bad(Path file, String message) {
    return new Bad(List.of(new Problem(name(file), 1, 1, message)));
  }

  /** Gives every id to one file: to the one that had it before, else to the first by name. */
  private static Map<String, Assistant> settle(
      Map<String, Good> good, Snapshot before, List<Problem> problems) {
    Map<String, Assistant> running = new TreeMap<>();
    Map<String, String> owners = new HashMap<>();
    good.entrySet().stream()
        .sorted(Comparator.comparing(one -> !hadItsId(one.getKey(), one.getValue(), before)))
        .forEach(one -> {
          String id = one.getValue().assistant().id();
          Optional<String> owner = Optional.ofNullable(owners.putIfAbsent(id, one.getKey()));
          if (owner.isPresent()) {
            problems.add(taken(one.getKey(), one.getValue(), owner.get()));
          } else if (running.size() < MOST_FILES) {
            running.put(one.getKey(), one.getValue().assistant());
          } else {
            problems.add(new Problem(one.getKey(), 1, 1, "one more than the most, 200"));
          }
        });
    return running;
  }

  private static boolean hadItsId(String file, Good good, Snapshot before) {
    return Optional.ofNullable(before.byFile().get(file))
        .filter(it -> it.id().equals(good.assistant().id()))
        .isPresent();
  }

  private static Problem taken(String file, Good good, String owner) {
    String message =
        "the id '%s' is taken by %s; give this one another".formatted(good.assistant().id(), owner);
    return new Problem(file, good.line(), good.column(), message);
  }

  /** A file that is not good now goes on as it was, unless another has its id by now. */
  private static void keep(String file, Snapshot before, Map<String, Assistant> running) {
    Optional.ofNullable(before.byFile().get(file))
        .filter(old -> running.values().stream().noneMatch(it -> it.id().equals(old.id())))
        .ifPresent(old -> running.put(file, old));
  }

  private static String mark(Path file) {
    try {
      return Files.getLastModifiedTime(file) + "/" + Files.size(file);
    } catch (IOException missing) {
      return "missing";
    }
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }
}
