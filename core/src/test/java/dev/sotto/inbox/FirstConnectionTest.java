package dev.sotto.inbox;

import static dev.sotto.chat.Inbox.Receipt.ACCEPTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import dev.sotto.StoredContract;
import dev.sotto.chat.ChatEvent;
import io.micronaut.jdbc.DataSourceResolver;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** A pool replaces its connections by and by, also the one that made the tables. */
class FirstConnectionTest extends StoredContract {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Instant NOON = Instant.parse("2126-05-04T12:00:00Z");

  @Override
  protected void beforeClose() {
    bean(DurableInbox.class).close();
  }

  @Test
  void mayEndWhileTheDatabaseStaysOpen() throws SQLException {
    List<List<Object>> before = sessions();
    replaceConnections();
    await().atMost(PATIENCE).until(() -> Collections.disjoint(sessions(), before));

    assertThat(
            bean(DurableInbox.class)
                .accept(new ChatEvent.Message("e1", channel("C1"), ADA, NOON, "m1", "hello", true)))
        .isEqualTo(ACCEPTED);
  }

  private void replaceConnections() throws SQLException {
    DataSource source = bean(DataSourceResolver.class).resolve(bean(DataSource.class, "default"));
    HikariDataSource pool = source.unwrap(HikariDataSource.class);
    try (Connection old = pool.getConnection()) {
      pool.getHikariPoolMXBean().softEvictConnections();
      pool.getConnection().close();
      assertThat(old.isValid(1)).isTrue();
    }
  }

  private List<List<Object>> sessions() {
    return query("default", "select session_id from information_schema.sessions");
  }
}
