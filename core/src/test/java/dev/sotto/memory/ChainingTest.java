package dev.sotto.memory;

import static dev.sotto.memory.Mind.ADA;
import static dev.sotto.memory.Mind.HALL;
import static dev.sotto.memory.Mind.TOM;
import static dev.sotto.memory.Mind.YARD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sotto.TestDatabases;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database from before conversations had heads is taken over once, with all that is in it. */
class ChainingTest {
  @TempDir private Path folder;

  Map<String, Object> databases(Path data) {
    return TestDatabases.h2(data);
  }

  @Test
  void linksWhatWasSaidBeforeAlsoWhenCutOffInBetween() {
    Map<String, Object> properties = new HashMap<>(databases(folder.resolve("data")));
    properties.put("sotto.root-key", "file:" + folder.resolve("safe/root.key"));
    properties.put("sotto.data-directory", folder.resolve("data").toString());
    try (Mind mind = new Mind(properties)) {
      for (int turn = 1; turn <= 3; turn++) {
        mind.turn(HALL, turn == 2 ? TOM : ADA, turn);
        mind.turn(YARD, TOM, 10 + turn);
      }
      mind.turn(Mind.key("emptied"), TOM, 20);
    }
    try (Mind mind = new Mind(properties)) {
      mind.sql("delete from message where conversation_id = ?", mind.id(Mind.key("emptied")));
      age(mind, HALL, 2, 6);
      age(mind, Mind.key("emptied"), 0, 2);
      byte[] yard =
          mind.rows("select fingerprint from conversation where id = ?", mind.id(YARD))
              .getFirst()
              .bytes("fingerprint");
      mind.sql("keys", "delete from anchor where subject <> ?", yard);
    }

    try (Mind mind = new Mind(properties)) {
      assertThat(mind.texts(HALL)).containsExactly("q2", "a2", "q3", "a3");
      assertThat(mind.texts(YARD)).hasSize(6);
      mind.turn(HALL, ADA, 4);
      mind.turn(Mind.key("emptied"), TOM, 21);
      assertThat(mind.texts(HALL)).endsWith("q4", "a4");
      assertThat(mind.context.getBean(Chains.class).verify((_, _) -> {}))
          .isEqualTo(new Chains.Report(3, 16, 0, 0, 0));
    }
  }

  /** As it stood before. */
  private static void age(Mind mind, ConversationKey key, long first, long next) {
    mind.sql("update message set link = null where conversation_id = ?", mind.id(key));
    mind.sql(
        """
        update conversation set scope_id = null, key_id = null, row_version = 0, body = null,
          first_seq = ?, next_seq = ? where id = ?
        """,
        first,
        next,
        mind.id(key));
  }
}
