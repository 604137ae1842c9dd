package dev.sotto.assistant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sotto.StoredContract;
import dev.sotto.crypto.IntegrityException;
import io.micronaut.jdbc.DataSourceResolver;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** Who can write to the data database cannot choose another assistant. */
class ChoiceAttackTest extends StoredContract {

  @Test
  void refusesAnOlderChoiceThatWasBroughtBackUntilSomebodyChoosesAgain() {
    choose("C1", "lab");
    sql("create table kept as select * from binding");
    choose("C1", "desk");

    sql("delete from binding");
    sql("insert into binding select * from kept");
    restart();

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

  private String at(String channel) {
    return bean(Residents.class).at(channel(channel), _ -> Optional.empty()).id();
  }

  private void choose(String channel, String id) {
    bean(Residents.class).choose(channel(channel), bean(Assistants.class).find(id).orElseThrow());
  }

  private void sql(String sql) {
    sql(bean(DataSource.class), sql);
  }

  private void keys(String sql) {
    sql(bean(DataSource.class, "keys"), sql);
  }

  private void sql(DataSource source, String sql) {
    try (Connection connection = bean(DataSourceResolver.class).resolve(source).getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.execute();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
