package dev.sotto.memory;

import static dev.sotto.memory.Mind.ADA;
import static dev.sotto.memory.Mind.HALL;
import static dev.sotto.memory.Mind.TOM;
import static dev.sotto.memory.Mind.YARD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sotto.TestDatabases;
import dev.sotto.crypto.Anchors;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who can write to the data database cannot make an assistant remember what was not said. */
class RowAttackTest {
  private static final List<String> SAID =
      List.of("q1", "a1", "q2", "a2", "q3", "a3", "q4", "a4", "q5", "a5");

  @TempDir private Path folder;
  private final Map<String, Object> properties = new HashMap<>();
  private Mind mind;

  Map<String, Object> databases(Path data) {
    return TestDatabases.h2(data);
  }

  @BeforeEach
  void open() {
    properties.putAll(databases(folder.resolve("data")));
    properties.put("sotto.root-key", "file:" + folder.resolve("safe/root.key"));
    properties.put("sotto.data-directory", folder.resolve("data").toString());
    mind = new Mind(properties);
  }

  @AfterEach
  void close() {
    mind.close();
  }

  private void restart() {
    mind.close();
    mind = new Mind(properties);
  }

  private static void speak(Mind mind) {
    for (int turn = 1; turn <= 4; turn++) {
      mind.turn(HALL, turn == 2 ? TOM : ADA, turn);
      mind.turn(YARD, ADA, turn + 10);
    }
  }

  @ParameterizedTest
  @EnumSource
  void isSeenAndToldUntilTheConversationStartsAfreshAndNothingForgedIsRemembered(RowAttack attack) {
    speak(mind);

    attack.act(mind);
    restart();

    Recollection recalled = mind.recall(HALL);
    assertThat(recalled.broken() || recalled.damaged() > 0).isTrue();
    assertThat(texts(recalled)).isEqualTo(SAID.stream().filter(texts(recalled)::contains).toList());
    assertThat(mind.context.getBean(Chains.class).verify((_, _) -> {}).clean()).isFalse();
    boolean both = attack.name().contains("CONVERSATION") && !attack.name().startsWith("DELETE");
    assertThat(both || !mind.recall(YARD).broken()).isTrue();

    mind.turn(HALL, TOM, 7);
    assertThat(mind.recall(HALL).broken()).isEqualTo(recalled.broken());
    assertThat(mind.texts(HALL)).endsWith("q7", "a7");
    mind.memory().startAfresh(HALL);
    mind.turn(HALL, TOM, 8);
    assertThat(mind.recall(HALL)).matches(it -> !it.broken() && it.damaged() == 0);
    assertThat(mind.texts(HALL)).containsExactly("q8", "a8");
  }

  @ParameterizedTest
  @EnumSource
  void twinWithoutTheDefenceIsDeceived(RowAttack attack) {
    try (Mind twin = Undefended.without(attack.twins())) {
      speak(twin);
      List<String> before = twin.texts(HALL);

      attack.act(twin);
      if (attack == RowAttack.CLAIM_TO_BE_OLD) {
        twin.context.getBean(Chaining.class).complete();
      }

      Recollection recalled = twin.recall(HALL);
      assertThat(recalled.broken()).isFalse();
      assertThat(recalled.damaged()).isZero();
      assertThat(before).containsExactlyElementsOf(SAID.subList(0, 8));
    }
  }

  @Test
  void seesEveryByteOfAMessageThatIsChanged() {
    speak(mind);
    List<Mind.Row> rows =
        mind.rows("select * from message where conversation_id = ? and seq = 7", mind.id(HALL));
    Object id = rows.getFirst().get("id");

    for (String column : List.of("body", "link", "source")) {
      byte[] honest = rows.getFirst().bytes(column);
      for (int i = 0; i < honest.length; i++) {
        byte[] changed = honest.clone();
        changed[i] ^= 1;
        mind.sql("update message set %s = ? where id = ?".formatted(column), changed, id);
        assertThat(mind.memory().recall(HALL, 8, Mind.LONG))
            .as("%s %d", column, i)
            .matches(it -> it.broken() || it.damaged() == 1);
      }
      mind.sql("update message set %s = ? where id = ?".formatted(column), honest, id);
    }
  }

  @Test
  void seesEveryByteOfAHeadThatIsChanged() {
    for (int i = 0; i < 200; i++) {
      ConversationKey key = Mind.key("room " + i);
      mind.turn(key, ADA, 1);
      Mind.Row head = mind.rows("select * from conversation where id = ?", mind.id(key)).getFirst();
      byte[] changed = head.bytes("body").clone();
      changed[i] ^= 1;
      mind.sql("update conversation set body = ? where id = ?", changed, head.get("id"));

      assertThat(mind.recall(key)).matches(it -> it.broken() && it.said().isEmpty());
    }
  }

  @Test
  void seesADataDatabaseThatWasBroughtBackUntilAnAdministratorAcceptsIt() {
    speak(mind);
    var copy = mind.copy();
    mind.turn(HALL, ADA, 5);
    mind.turn(YARD, ADA, 15);
    restart();
    mind.paste(copy);

    assertThat(mind.context.getBean(Chains.class).verify((_, _) -> {}).clean()).isFalse();
    mind.context.getBean(Anchors.class).accept();

    assertThat(mind.context.getBean(Chains.class).verify((_, _) -> {}).clean()).isTrue();
    assertThat(mind.recall(HALL)).matches(it -> !it.broken() && it.damaged() == 0);
    assertThat(mind.texts(HALL)).containsExactlyElementsOf(SAID.subList(0, 8));
    assertThat(mind.recall(YARD).broken()).isFalse();
  }

  @Test
  void twinWithoutAnchorsTakesAnOlderDatabaseForToday() {
    try (Mind twin = Undefended.without(Undefended.ANCHORS_NOTHING)) {
      speak(twin);
      var copy = twin.copy();
      twin.turn(HALL, ADA, 5);
      twin.paste(copy);

      assertThat(twin.recall(HALL)).matches(it -> !it.broken() && it.damaged() == 0);
    }
  }

  @Test
  void seesAnAnchorThatWasLoweredForgedOrDeleted() {
    for (String sql :
        List.of(
            "update anchor set version = version - 1 where version > 1",
            "update anchor set version = 0 where version > 1",
            "delete from anchor where version > 1")) {
      speak(mind);
      restart();
      mind.sql("keys", sql);
      assertThat(mind.recall(HALL).broken()).as(sql).isTrue();
      mind.memory().startAfresh(HALL);
      mind.memory().startAfresh(YARD);
    }
  }

  private static List<String> texts(Recollection recollection) {
    return recollection.said().stream().map(Recollection.Said::text).toList();
  }
}
