package dev.sotto.inbox;

import static dev.sotto.chat.Inbox.Receipt.ACCEPTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sotto.StoredContract;
import dev.sotto.chat.ChatEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A newer version has changed the tables, as it may: by what this one does not know. */
class UpgradeTest extends StoredContract {
  private static final Instant NOON = Instant.parse("2126-05-04T12:00:00Z");
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Override
  protected void beforeClose() {
    bean(DurableInbox.class).close();
  }

  @Test
  void isStartedOn() {
    accept("m1");
    upgrade();
    restart();
    Board board = start();
    accept("m2");

    awaitAnswered(board, "m1", "m2");
  }

  final Board start() {
    Board board = Board.open();
    bean(DurableInbox.class).start(List.of(board));
    return board;
  }

  final void accept(String id) {
    ChatEvent.Message message =
        new ChatEvent.Message("e" + id, channel("C1"), ADA, NOON, id, "hello", true);
    assertThat(bean(DurableInbox.class).accept(message)).isEqualTo(ACCEPTED);
  }

  final void upgrade() {
    for (String database : List.of("default", "keys")) {
      migrated(database);
    }
    update("default", "alter table inbox_event add column from_a_later_version varchar(10)");
    update("default", "create table from_a_later_version (id uuid primary key)");
  }

  final void awaitAnswered(Board board, String... ids) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> {
          assertThat(board.answered("C1")).containsExactly(ids);
          assertThat(bean(DurableInbox.class).waiting()).isZero();
        });
  }

  private void migrated(String database) {
    update(
        database,
        "insert into \"flyway_schema_history\" (\"installed_rank\", \"version\", \"description\","
            + " \"type\", \"script\", \"checksum\", \"installed_by\", \"execution_time\","
            + " \"success\") values (9999, '9999', 'later', 'SQL', 'V9999__later.sql', 1, 'later',"
            + " 1, true)");
  }
}
