package dev.sotto.crypto;

import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Opens every sealed value of the data database and tells how it went; changes nothing. */
@Singleton
public class Inspection {
  private static final int MOST_TOLD = 20;

  private final Vault vault;
  private final InspectionRows rows;

  Inspection(Vault vault, InspectionRows rows) {
    this.vault = vault;
    this.rows = rows;
  }

  /**
   * What was found.
   *
   * @param opened values that open in their place
   * @param erased values whose keys were destroyed
   * @param broken values that do not verify, or are under an unknown key
   * @param told the first of the broken, each in one line without content
   */
  public record Inspected(long opened, long erased, long broken, List<String> told) {
    public Inspected {
      told = List.copyOf(told);
    }
  }

  public Inspected inspect(Progress progress) {
    long total = rows.count();
    Tally tally = new Tally();
    for (Field field : Field.values()) {
      List<InspectionRows.Sealed> page = rows.page(field, new UUID(0, 0));
      while (!page.isEmpty()) {
        page.forEach(it -> open(field, it, tally));
        progress.advance(Math.min(tally.done(), total), total);
        page = rows.page(field, page.getLast().id());
      }
    }
    return new Inspected(tally.opened, tally.erased, tally.broken, tally.told);
  }

  private void open(Field field, InspectionRows.Sealed row, Tally tally) {
    try {
      Cell cell = new Cell(field, vault.scope(row.scope()), row.id(), row.version());
      vault.open(cell, row.body());
      tally.opened++;
    } catch (ErasedException e) {
      tally.erased++;
    } catch (IntegrityException e) {
      tally.broken++;
      if (tally.told.size() < MOST_TOLD) {
        tally.told.add(String.valueOf(e.getMessage()));
      }
    }
  }

  private static final class Tally {
    private final List<String> told = new ArrayList<>();
    private long opened;
    private long erased;
    private long broken;

    long done() {
      return opened + erased + broken;
    }
  }
}
