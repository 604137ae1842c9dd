package dev.sotto.audit;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sotto.crypto.ChainMac;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Function;

/**
 * Writes a log as lines of JSON, one for each entry in its order: all that its MAC covers, and the
 * MAC. With the first keys of the segments that is all that a later check needs.
 */
final class Export {
  private static final UUID LEAST = new UUID(0, 0);

  private final EntryRows entries;
  private final Function<EntryRow, AuditEntry> open;
  private final ObjectMapper json = new ObjectMapper();

  Export(EntryRows entries, Function<EntryRow, AuditEntry> open) {
    this.entries = entries;
    this.open = open;
  }

  /** How many entries that were. */
  long write(Appendable to) throws IOException {
    long sum = 0;
    List<EntryRow> page = entries.after(0, 0, LEAST);
    while (!page.isEmpty()) {
      for (EntryRow row : page) {
        to.append(line(open.apply(row))).append('\n');
      }
      sum += page.size();
      EntryRow last = page.getLast();
      page = entries.after(last.segment(), last.seq(), last.id());
    }
    return sum;
  }

  private String line(AuditEntry entry) throws IOException {
    Note note = entry.note();
    ObjectNode line = json.createObjectNode();
    line.put("segment", entry.place().segment()).put("seq", entry.place().seq());
    line.put("id", entry.id().toString()).put("at", entry.at().toString());
    line.put("action", lower(note.action())).put("outcome", lower(note.outcome()));
    line.put("actor", note.actor()).put("object", note.object()).put("reason", note.reason());
    line.put("once", entry.once()).put("mac", entry.mac().map(ChainMac::hex).orElse(""));
    return json.writeValueAsString(line);
  }

  private static String lower(Enum<?> word) {
    return word.name().toLowerCase(Locale.ROOT);
  }
}
