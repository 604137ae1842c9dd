package dev.sotto.memory;

import dev.sotto.crypto.Cell;
import dev.sotto.crypto.ErasedException;
import dev.sotto.crypto.Field;
import dev.sotto.crypto.IntegrityException;
import dev.sotto.crypto.Vault;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the rows of messages; one that does not open is left out, counted and logged. */
final class OpenedMessages {
  private static final Logger LOG = LoggerFactory.getLogger(OpenedMessages.class);

  private OpenedMessages() {}

  static Recollection of(List<MessageRow> newestFirst, Vault vault, boolean broken) {
    List<Recollection.Said> said = new ArrayList<>();
    int damaged = 0;
    for (MessageRow row : newestFirst.reversed()) {
      try {
        Cell cell = new Cell(Field.MESSAGE, vault.scope(row.scopeId()), row.id(), row.rowVersion());
        said.add(new Recollection.Said(row.role(), vault.open(cell, row.body()), row.saidAt()));
      } catch (IntegrityException e) {
        LOG.error("left out of a conversation: {}", e.getMessage());
        damaged++;
      } catch (ErasedException e) {
        LOG.info("left out of a conversation: {}", e.getMessage());
      }
    }
    return new Recollection(said, damaged, broken);
  }
}
