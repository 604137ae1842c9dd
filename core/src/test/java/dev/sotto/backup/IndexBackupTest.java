package dev.sotto.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sotto.crypto.Anchors;
import dev.sotto.crypto.IndexSteps;
import dev.sotto.crypto.KeyTarget;
import dev.sotto.crypto.Keys;
import io.micronaut.context.ApplicationContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Backups from before and after a change of the index key. */
class IndexBackupTest extends BackupContract {

  @Test
  void findsEverythingInWhatWasRestoredUnderAnIndexKey() {
    rotate();
    remember(ADA, 2);
    Backups.Written written = backup(new ArrayList<>());

    restore(empty, it -> it.both(written.data(), written.keys()));

    try (ApplicationContext restored = open(empty)) {
      assertThat(recalled(restored, ADA)).containsExactlyElementsOf(turns(2));
      assertThat(chains(restored).clean()).isTrue();
      assertThat(restored.getBean(Keys.class).rotate(index(), (_, _) -> {}).unreadable()).isZero();
      assertThat(recalled(restored, ADA)).containsExactlyElementsOf(turns(2));
    }
  }

  @Test
  void refusesOlderDataOfWhichTheIndexKeyIsDestroyedInOneLineAndTakesItWithItsOwnKeys() {
    rotate();
    remember(ADA, 2);
    Backups.Written written = backup(new ArrayList<>());
    rotate();
    Map<String, Object> today = withTodaysKeys();

    assertThatThrownBy(() -> load(today, it -> List.of(it.data(written.data()))))
        .isInstanceOf(BackupException.class)
        .hasMessageContaining("an index key that was destroyed")
        .hasMessageNotContaining("\n");

    empty = target(files.resolve("both"));
    restore(empty, it -> it.both(written.data(), written.keys()));
    try (ApplicationContext restored = open(empty)) {
      assertThat(recalled(restored, ADA)).containsExactlyElementsOf(turns(2));
    }
  }

  @Test
  void findsWhatIsFromBeforeTheFirstIndexKeyWithTheKeysOfToday() {
    remember(ADA, 2);
    Backups.Written written = backup(new ArrayList<>());
    rotate();
    Map<String, Object> today = withTodaysKeys();
    today.put("sotto.audit-anchor", files.resolve("begun-anew.anchor").toString());

    restore(today, it -> List.of(it.data(written.data())));

    try (ApplicationContext restored = open(today)) {
      assertThat(recalled(restored, ADA)).containsExactlyElementsOf(turns(2));
      assertThat(IndexSteps.keys(restored)).contains(0);
      restored.getBean(Keys.class).rotate(index(), (_, _) -> {});
      assertThat(IndexSteps.keys(restored)).hasSize(1).doesNotContain(0);
      assertThat(recalled(restored, ADA)).containsExactlyElementsOf(turns(2));
      assertThat(restored.getBean(Anchors.class).gone()).isZero();
    }
  }

  private void rotate() {
    bean(Keys.class).rotate(index(), (_, _) -> {});
  }

  private static KeyTarget index() {
    return new KeyTarget.IndexKey();
  }
}
