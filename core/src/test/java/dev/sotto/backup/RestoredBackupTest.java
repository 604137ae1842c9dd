package dev.sotto.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sotto.audit.AuditLog;
import dev.sotto.audit.Verification;
import dev.sotto.crypto.Anchors;
import dev.sotto.crypto.Inspection;
import dev.sotto.crypto.Receipt;
import dev.sotto.crypto.Shredder;
import dev.sotto.memory.Chains;
import dev.sotto.memory.Erasure;
import io.micronaut.context.ApplicationContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A restored backup beside what was anchored, erased and written down. */
class RestoredBackupTest extends BackupContract {
  @Test
  void takesOlderDataForTrueOnlyOnceAnAdministratorAcceptsThem() {
    remember(ADA, 2);
    Backups.Written written = backup(new ArrayList<>());
    remember(bean(ApplicationContext.class), ADA, 3);
    remember(TOM, 3);
    Map<String, Object> olderData = withTodaysKeys();

    load(olderData, it -> List.of(it.data(written.data())));

    try (ApplicationContext restored = open(olderData)) {
      assertThat(chains(restored)).matches(it -> it.broken() == 1 && it.gone() > 0);
      restored.getBean(Anchors.class).accept();
      assertThat(chains(restored)).matches(Chains.Report::clean);
      assertThat(recalled(restored, ADA)).containsExactlyElementsOf(turns(2));
      assertThat(recalled(restored, TOM)).isEmpty();
    }
  }

  @Test
  void showsNothingOfAWorkspaceThatWasErasedSince() {
    remember(ADA, 2);
    Backups.Written written = backup(new ArrayList<>());
    assertThat(bean(Erasure.class).workspace(ACME.key(), (_, _) -> {})).isPresent();
    Map<String, Object> olderData = withTodaysKeys();

    restore(olderData, it -> List.of(it.data(written.data())));

    try (ApplicationContext restored = open(olderData)) {
      Inspection.Inspected found = inspect(restored);
      assertThat(found.opened() + found.broken()).isZero();
      assertThat(found.erased()).isEqualTo(5);
      restored.getBean(Erasure.class).resume((_, _) -> {});
      assertThat(numbers(restored, "select count(*) from message")).isZero();
      assertThat(numbers(restored, "select count(*) from conversation")).isZero();
    }
  }

  @Test
  void bringsBackReceiptsOfErasuresAndALogThatVerifies() {
    remember(ADA, 1);
    remember(TOM, 1);
    Receipt receipt = erase(TOM);
    Backups.Written written = backup(new ArrayList<>());

    restore(empty, it -> it.both(written.data(), written.keys()));

    try (ApplicationContext restored = open(empty)) {
      assertThat(restored.getBean(Shredder.class).receipts()).containsExactly(receipt);
      Verification log = restored.getBean(AuditLog.class).verify();
      assertThat(log.findings()).isEmpty();
      assertThat(log.entries()).isPositive();
      assertThat(recalled(restored, TOM)).isEmpty();
      assertThat(recalled(restored, ADA)).containsExactlyElementsOf(turns(1));
    }
  }
}
