package dev.sotto.assistant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sotto.crypto.IntegrityException;
import org.junit.jupiter.api.Test;

/** Who can write to the data database cannot choose another assistant. */
class ChoiceAttackTest extends ChoiceContract {

  @Test
  void refusesAnOlderChoiceThatWasBroughtBackUntilSomebodyChoosesAgain() {
    bringBackLab();

    assertRefused("C1");
    choose("C1", "lab");
    assertThat(at("C1")).isEqualTo("lab");
  }

  @Test
  void refusesAChoiceThatWasDeleted() {
    choose("C1", "lab");

    sql("delete from binding");
    restart();

    assertRefused("C1");
    assertThat(at("C2")).isEqualTo("desk");
  }

  @Test
  void refusesChoicesThatWereSwapped() {
    choose("C1", "lab");
    choose("C2", "desk");

    sql("create table kept as select * from binding");
    sql("delete from binding");
    sql(
        "insert into binding (id, fingerprint, scope_id, key_id, row_version, body)"
            + " select a.id, b.fingerprint, a.scope_id, a.key_id, a.row_version, a.body"
            + " from kept a join kept b on a.id <> b.id");
    restart();

    assertRefused("C1");
    assertRefused("C2");
  }

  @Test
  void anchorsWhatWasChosenBeforeThereWereAnchors() {
    choose("C1", "lab");
    restart();
    keys("delete from anchor");

    restart();

    assertThat(at("C1")).isEqualTo("lab");
    sql("delete from binding");
    restart();
    assertRefused("C1");
  }

  private void assertRefused(String channel) {
    assertThatThrownBy(() -> at(channel))
        .isInstanceOf(IntegrityException.class)
        .hasMessageContaining("integrity: binding");
  }
}
