package dev.sotto.assistant;

import dev.sotto.chat.Address;
import dev.sotto.chat.ChatPlatform.PlaceName;
import dev.sotto.crypto.SealedTexts;
import dev.sotto.crypto.SealedTexts.Use;
import io.micronaut.context.annotation.Value;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The assistants of a folder, always as its files say now. A changed file is running within about a
 * second; a file with a mistake is told in one log line and its last good version goes on, as do
 * all others. At most 200. Safe for use by many threads; what it returns never changes.
 */
@Singleton
public final class Assistants implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Assistants.class);
  private static final Duration POLL = Duration.ofSeconds(2);
  private static final Duration QUIET = Duration.ofMillis(100);

  private final List<Consumer<Assistant>> readers = new CopyOnWriteArrayList<>();
  private final Optional<String> standing;
  private final FolderReader reader;
  private final FolderWatch watch;
  private volatile Snapshot now;
  private volatile Map<String, String> seen;

  /**
   * Reads the folder and begins to watch it.
   *
   * @param folder with the definitions, {@code *.yaml} or {@code *.yml}, or one of these sealed and
   *     named {@code *.yaml.sealed}, and their documents
   * @param standing the id of the one that answers where no other is chosen or bound; empty: the
   *     only one, or {@code helpdesk}, or the first by id
   * @throws AssistantsException no assistant can be read, or the named one is not among them
   */
  @Inject
  public Assistants(
      @Value("${sotto.assistants-directory:bots/assistants}") Path folder,
      @Value("${sotto.default-assistant:}") String standing,
      SealedTexts sealed) {
    this(folder, standing, POLL, (file, text) -> sealed.open(Use.ASSISTANT, file, text));
  }

  Assistants(Path folder, String standing, Duration poll, FolderReader.Opener opener) {
    this.standing = Optional.of(standing).filter(id -> !id.isBlank());
    this.reader = new FolderReader(folder, opener);
    this.now = reader.read(new Snapshot(Map.of(), List.of()));
    this.seen = reader.fingerprint(now);
    refuseToStartWithout(folder);
    report(now.problems(), now);
    this.watch = watch(folder, poll);
    watch.start();
  }

  /** All that run, in the order of their ids. */
  public List<Assistant> all() {
    return now.all();
  }

  /** The assistant of that id. */
  public Optional<Assistant> find(String id) {
    return now.find(id);
  }

  /**
   * The assistant that answers at a place: the one chosen there, else the one bound to that
   * channel, else the standing one. A chosen one that is gone counts as none.
   *
   * @param name what people call the place, as far as known
   * @param chosenId what {@code assistant use} set there
   */
  public Assistant at(Address address, Optional<PlaceName> name, Optional<String> chosenId) {
    Snapshot current = now;
    return chosenId
        .flatMap(current::find)
        .or(() -> current.boundTo(address, name))
        .orElseGet(() -> current.standing(standing));
  }

  /** The documents that an assistant may quote, name to text; one that is gone is left out. */
  public Map<String, String> documents(Assistant assistant) {
    Map<String, String> texts = new LinkedHashMap<>();
    for (String name : assistant.knowledge()) {
      reader.document(name).ifPresent(text -> texts.put(name, text));
    }
    return texts;
  }

  /** Tells of every assistant that runs, now and whenever there is a new version of one. */
  public void each(Consumer<Assistant> reader) {
    readers.add(reader);
    now.all().forEach(reader);
  }

  /** What is wrong with the files now; empty when all is well. */
  public List<Problem> problems() {
    return now.problems();
  }

  @Override
  @PreDestroy
  public void close() {
    try {
      watch.close();
    } catch (IOException failed) {
      log.debug("the watch of the assistants did not close: {}", failed.getClass().getSimpleName());
    }
  }

  private FolderWatch watch(Path folder, Duration poll) {
    try {
      return new FolderWatch(folder, poll, QUIET, this::look);
    } catch (IOException refused) {
      throw new AssistantsException(
          folder + ": this folder cannot be watched; " + refused.getClass().getSimpleName());
    }
  }

  private void refuseToStartWithout(Path folder) {
    if (now.byFile().isEmpty()) {
      throw new AssistantsException(folder + ": no assistant can be read: " + line(now.problems()));
    }
    String known = now.all().stream().map(Assistant::id).collect(Collectors.joining(", "));
    if (standing.isPresent() && now.find(standing.get()).isEmpty()) {
      throw new AssistantsException(
          "sotto.default-assistant names none of the assistants in " + folder + ": " + known);
    }
  }

  /** The loop of the watching thread: whatever goes wrong once must not end it. */
  private void look(boolean told) {
    try {
      Map<String, String> marks = reader.fingerprint(now);
      if (told || !marks.equals(seen)) {
        seen = marks;
        reload(now);
      }
    } catch (AssistantsException missing) {
      log.error("{}; the assistants before go on", missing.getMessage());
    } catch (RuntimeException failed) {
      log.error("the assistants were not read again: {}", failed.getClass().getName());
    }
  }

  private void reload(Snapshot before) {
    Snapshot after = reader.read(before);
    if (after.byFile().isEmpty()) {
      log.error("no assistant can be read, those before go on: {}", line(after.problems()));
      return;
    }
    now = after;
    report(after.problems().stream().filter(it -> !before.problems().contains(it)).toList(), after);
    if (!after.byFile().equals(before.byFile())) {
      log.info("assistants now running: {}", after.summary());
      after.all().stream()
          .filter(it -> !before.all().contains(it))
          .forEach(it -> readers.forEach(reader -> reader.accept(it)));
    }
  }

  private static void report(List<Problem> problems, Snapshot running) {
    problems.stream()
        .collect(Collectors.groupingBy(Problem::file, LinkedHashMap::new, Collectors.toList()))
        .forEach((file, its) ->
            log.error(
                "{} ({})",
                line(its),
                running.byFile().containsKey(file)
                    ? "its last good version goes on"
                    : "this assistant does not run"));
  }

  private static String line(List<Problem> problems) {
    return problems.stream().map(Problem::toString).collect(Collectors.joining(" | "));
  }
}
