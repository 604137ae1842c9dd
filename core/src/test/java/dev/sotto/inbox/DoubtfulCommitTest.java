package dev.sotto.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sotto.DoubtDriver;
import dev.sotto.StoredContract;
import dev.sotto.TestDatabases;
import dev.sotto.chat.Address;
import dev.sotto.chat.ChatEvent;
import dev.sotto.chat.InboxUnavailableException;
import dev.sotto.memory.Memory;
import io.micronaut.jdbc.BasicJdbcConfiguration;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Each commit of a message's way happens once without anybody hearing so, as when a database fails
 * over: the message is answered and remembered once all the same, and no lane is left lying.
 */
class DoubtfulCommitTest extends StoredContract {
  private static final Instant NOON = Instant.parse("2126-05-04T12:00:00Z");
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Address HALL = channel("C1");

  /** More than one message has. */
  private static final int COMMITS = 6;

  @Override
  protected Map<String, Object> databases(Path data) {
    return doubtful(TestDatabases.h2(data));
  }

  static Map<String, Object> doubtful(Map<String, Object> settings) {
    settings.put("datasources.default.driver-class-name", DoubtDriver.class.getName());
    return settings;
  }

  @Override
  protected void beforeClose() {
    bean(DurableInbox.class).close();
  }

  @Test
  void losesAndDoublesNothing() {
    String url = bean(BasicJdbcConfiguration.class, "default").getUrl();
    Board board = Board.open();
    bean(DurableInbox.class).start(List.of(board));
    List<String> said = new ArrayList<>(List.of("m0"));
    accept("m0");
    answered(board, said);

    int doubted = 0;
    for (int commit = 1; commit <= COMMITS; commit++) {
      String id = "m" + commit;
      DoubtDriver.order(url, commit);
      accept(id);
      said.add(id);
      answered(board, said);
      doubted += DoubtDriver.left(url) == 0 ? 1 : 0;
      DoubtDriver.order(url, 0);
    }

    assertThat(doubted).isGreaterThanOrEqualTo(3);
    assertThat(bean(Memory.class).recallOf(ADA, 100).said()).hasSize(2 * said.size());
    await()
        .atMost(PATIENCE)
        .until(() -> count("default", "select count(*) from lane"), it -> it == 0);
  }

  /** As a platform does: what is not acknowledged comes again. */
  private void accept(String id) {
    ChatEvent event = new ChatEvent.Message("event of " + id, HALL, ADA, NOON, id, "hello", true);
    await()
        .atMost(PATIENCE)
        .ignoreExceptionsInstanceOf(InboxUnavailableException.class)
        .until(() -> bean(DurableInbox.class).accept(event) != null);
  }

  /** One note each, in order; what went on with a note that stood already is no other. */
  private static void answered(Board board, List<String> ids) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() ->
            assertThat(board.notes().stream().map(Board.Note::messageId).distinct())
                .containsExactlyElementsOf(ids));
    assertThat(board.notes().stream().filter(it -> it.before().isEmpty()))
        .extracting(Board.Note::messageId)
        .doesNotHaveDuplicates();
  }
}
