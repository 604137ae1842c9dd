package dev.sotto.crypto;

import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;

/**
 * Keeps what is unique unique while index keys change, when one process may write a form that
 * another does not: both hold the same reservation. Costs nothing at any other time.
 */
@Singleton
public class IndexGuard {
  private final GuardRows rows;
  private final Provider<IndexGuard> self;

  /**
   * @param self this bean as others see it, with its transactions
   */
  IndexGuard(GuardRows rows, Provider<IndexGuard> self) {
    this.rows = rows;
    this.self = self;
  }

  /**
   * Inserts what stands in no form yet. Joins the caller's transaction.
   *
   * @param there whether it stands in any form; asked only while keys change
   * @param insert does nothing, and says 0, where the written form stands
   * @return what {@code insert} says, 0 where it stands in another form
   */
  public int once(BooleanSupplier there, IntSupplier insert, BlindIndexes.Forms... unique) {
    List<BlindIndex> reserved = reserved(unique);
    return reserved.isEmpty()
        ? insert.getAsInt()
        : self.get().alone(reserved, () -> there.getAsBoolean() ? 0 : insert.getAsInt());
  }

  /** Replaces what stands, in whatever form; alone with it as {@link #once} is. */
  public void alone(Runnable work, BlindIndexes.Forms unique) {
    List<BlindIndex> reserved = reserved(unique);
    if (reserved.isEmpty()) {
      work.run();
    } else {
      self.get()
          .alone(
              reserved,
              () -> {
                work.run();
                return 1;
              });
    }
  }

  @Transactional
  int alone(List<BlindIndex> reserved, IntSupplier work) {
    rows.hold(reserved);
    return work.getAsInt();
  }

  /** In an order that is the same for all, so that two do not wait for each other. */
  static List<BlindIndex> reserved(BlindIndexes.Forms... unique) {
    return Arrays.stream(unique)
        .map(BlindIndexes.Forms::reserved)
        .flatMap(Optional::stream)
        .sorted((a, b) -> Arrays.compareUnsigned(a.bytes(), b.bytes()))
        .toList();
  }
}
