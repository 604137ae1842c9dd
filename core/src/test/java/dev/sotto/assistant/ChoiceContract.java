package dev.sotto.assistant;

import dev.sotto.StoredContract;
import io.micronaut.jdbc.DataSourceResolver;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;

/** Choices of assistants, and the hands of who can write to the databases. */
abstract class ChoiceContract extends StoredContract {

  /** Where {@code desk} was chosen last, what stood before it. */
  final void bringBackLab() {
    choose("C1", "lab");
    sql("create table kept as select * from binding");
    choose("C1", "desk");
    sql("delete from binding");
    sql("insert into binding select * from kept");
    restart();
  }

  final String at(String channel) {
    return bean(Residents.class).at(channel(channel), _ -> Optional.empty()).id();
  }

  final void choose(String channel, String id) {
    bean(Residents.class).choose(channel(channel), bean(Assistants.class).find(id).orElseThrow());
  }

  final void sql(String sql) {
    sql(bean(DataSource.class), sql);
  }

  final void keys(String sql) {
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
