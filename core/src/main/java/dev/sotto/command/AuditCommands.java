package dev.sotto.command;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.sotto.audit.AuditEntry;
import dev.sotto.audit.AuditLog;
import dev.sotto.audit.Note;
import dev.sotto.audit.Verification;
import dev.sotto.chat.CommandCatalogue.Option;
import dev.sotto.chat.Person;
import dev.sotto.chat.Platform;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Shows the audit log, checks it and writes it to a file. Whether the person may is asked before.
 */
@Singleton
final class AuditCommands {
  private static final int SHOWN = 10;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final String AT_THE_TERMINAL =
      "An export names people, so it goes to a file and not into a chat. Say at the terminal:"
          + " `bots/sotto audit export`";

  private final AuditLog log;
  private final Clock clock;

  AuditCommands(AuditLog log, Clock clock) {
    this.log = log;
    this.clock = clock;
  }

  static List<Leaf> leaves() {
    return List.of(
        Leaf.of(
            "audit tail",
            "What was done last, and by whom",
            words -> new BotCommand.AuditTail(words.isEmpty() ? "" : words.getFirst()),
            new Option("count", "How many entries, at most 50", false, false)),
        Leaf.of(
            "audit verify",
            "Check that nobody has changed the audit log",
            _ -> new BotCommand.AuditVerify()),
        Leaf.of(
            "audit export",
            "Write the audit log to a file, at the terminal",
            words -> new BotCommand.AuditExport(words.isEmpty() ? "" : words.getFirst()),
            new Option("file", "A file that is not there yet", false, false)));
  }

  Done run(BotCommand.OfAudit command, Person person) {
    return switch (command) {
      case BotCommand.AuditTail it -> tail(it.count());
      case BotCommand.AuditVerify _ -> of(log.verify());
      case BotCommand.AuditExport it ->
          person.workspace().platform() == Platform.TERMINAL
              ? export(it.file())
              : Done.badly(AT_THE_TERMINAL);
    };
  }

  private Done tail(String count) {
    return count(count)
        .map(log::newest)
        .map(it -> Done.well(it.isEmpty() ? "The audit log is empty." : lines(it)))
        .orElseGet(
            () -> Done.badly("For `count` say a number from 1 to %d.".formatted(AuditLog.MOST)));
  }

  private static Optional<Integer> count(String word) {
    if (word.isEmpty()) {
      return Optional.of(SHOWN);
    }
    return Optional.of(word)
        .filter(it -> it.matches("\\d{1,3}"))
        .map(Integer::valueOf)
        .filter(it -> it >= 1 && it <= AuditLog.MOST);
  }

  private static String lines(List<AuditEntry> entries) {
    return entries.stream().map(AuditCommands::line).collect(Collectors.joining("\n"));
  }

  private static String line(AuditEntry entry) {
    Note note = entry.note();
    String reason = note.reason().isEmpty() ? "" : " (" + note.reason() + ")";
    return "- `%s` %s `%s` %s `%s` %s%s"
        .formatted(
            entry.place(),
            TIME.format(entry.at()),
            note.actor(),
            word(note.action()),
            note.object(),
            word(note.outcome()),
            reason);
  }

  private static Done of(Verification found) {
    if (!found.failed()) {
      return Done.well(
          "The audit log verifies: %,d entries, the last is %s."
              .formatted(found.entries(), found.end()));
    }
    String findings =
        found.findings().stream().map(it -> "- " + it).collect(Collectors.joining("\n"));
    return Done.badly(
        "**The audit log does not verify** (integrity), of %,d entries:\n%s"
            .formatted(found.entries(), findings));
  }

  private Done export(String name) {
    String file = name.isEmpty() ? "audit-%s.jsonl".formatted(STAMP.format(clock.instant())) : name;
    try {
      long entries = write(Path.of(file));
      return Done.well("Written to %s: %,d entries.".formatted(file, entries));
    } catch (FileAlreadyExistsException e) {
      return Done.badly("There is a file %s already: name another.".formatted(file));
    } catch (IOException | InvalidPathException e) {
      return Done.badly(
          "%s cannot be written (%s): name another file."
              .formatted(file, e.getClass().getSimpleName()));
    }
  }

  private long write(Path file) throws IOException {
    var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    try (FileChannel channel = FileChannel.open(file, Set.of(CREATE_NEW, WRITE), owner);
        Writer writer = Channels.newWriter(channel, StandardCharsets.UTF_8)) {
      return log.export(writer);
    }
  }

  private static String word(Enum<?> name) {
    return name.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
