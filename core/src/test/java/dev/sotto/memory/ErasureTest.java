package dev.sotto.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sotto.StoredContract;
import dev.sotto.assistant.Assistant;
import dev.sotto.chat.Person;
import dev.sotto.crypto.Cell;
import dev.sotto.crypto.ErasedException;
import dev.sotto.crypto.Field;
import dev.sotto.crypto.Keys;
import dev.sotto.crypto.Receipt;
import dev.sotto.crypto.Scope;
import dev.sotto.crypto.Shredder;
import dev.sotto.crypto.Stored;
import dev.sotto.crypto.Vault;
import io.micronaut.data.exceptions.DataAccessException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is erased stays erased, whatever database keeps it. */
class ErasureTest extends StoredContract {
  private static final Instant NOON = Instant.parse("2126-05-04T12:00:00.123456Z");
  private static final Duration LONG = Duration.ofDays(3_650);
  private static final ConversationKey HALL = key("hall");
  private static final ConversationKey YARD = key("yard");
  private static final Assistant.Memory RULES =
      new Assistant.Memory(Assistant.Scope.CHANNEL, 10, true, Assistant.Facts.NEVER, LONG);
  private static final List<String> TABLES =
      List.of("key_version", "conversation", "message", "summary");

  @Test
  void forgetsAPersonAndNobodyElse() {
    remember(HALL, ADA, 1);
    remember(HALL, TOM, 2);
    remember(YARD, ADA, 3);

    assertThat(erase(ADA).map(Receipt::rows)).contains(4L);

    restart();
    assertThat(recalled(HALL)).containsExactly("q2", "a2");
    assertThat(recalled(YARD)).isEmpty();
    assertThat(count("default", "select count(*) from conversation")).isEqualTo(1);
    assertThat(erase(ADA)).isEmpty();
    remember(HALL, ADA, 4);
    assertThat(recalled(HALL)).containsExactly("q2", "a2", "q4", "a4");
  }

  @Test
  void destroysEveryVersionOfThePersonsKeyAndTheirBlindIndexAtOnce() {
    remember(HALL, ADA, 1);
    Scope before = memory().scope(ADA);
    List<Object> owner = ownerOf(before);

    Receipt receipt = erase(ADA).orElseThrow();

    assertThat(
            query("keys", "select state, wrapped from key_version where scope_id = ?", before.id()))
        .allMatch(it -> it.get(0).equals("DESTROYED") && it.get(1) == null)
        .hasSize(1);
    assertThat(count("keys", "select count(*) from key_scope where owner = ?", owner.toArray()))
        .isZero();
    assertThat(query("keys", "select erased_at from key_scope where id = ?", before.id()))
        .noneMatch(it -> it.getFirst() == null);
    assertThat(receipt.json()).contains("\"keys\":1", before.id().toString());
    assertThat(memory().scope(ADA).id()).isNotEqualTo(before.id());
    assertThat(memory().scope(TOM).id()).isEqualTo(memory().scope(TOM).id());
  }

  @Test
  void answersErasedOfRowsThatComeBackAndDeletesThemAgain() {
    remember(HALL, ADA, 1);
    remember(HALL, TOM, 2);
    note(HALL, "ada said q1");
    Map<String, List<List<Object>>> older = copy();
    List<Cell> ada = cells(Field.MESSAGE, memory().scope(ADA));
    List<Cell> tom = cells(Field.MESSAGE, memory().scope(TOM));
    List<Cell> notes = cells(Field.SUMMARY, vault().conversation(ACME.key(), conversation()));
    assertThat(opened(ada)).containsExactlyInAnyOrder("q1", "a1");
    assertThat(opened(notes)).containsExactly("ada said q1");
    erase(ADA);

    restore(older);
    restart();

    assertThat(ada).hasSize(2).allSatisfy(this::isErased);
    assertThat(notes).hasSize(1).allSatisfy(this::isErased);
    assertThat(opened(tom)).containsExactlyInAnyOrder("q2", "a2");
    assertThat(recalled(HALL)).containsExactly("q2", "a2");

    assertThat(erasure().resume((_, _) -> {})).isEmpty();

    assertThat(named(ada.getFirst().scope())).isZero();
    assertThat(count("default", "select count(*) from summary")).isZero();
    assertThat(recalled(HALL)).containsExactly("q2", "a2");
    assertThat(bean(Shredder.class).receipts()).hasSize(1);
  }

  @Test
  void twinWithItsKeyStoreRestoredAsWellOpensWhatWasErased() {
    remember(HALL, ADA, 1);
    Map<String, List<List<Object>>> older = copy();
    List<Cell> ada = cells(Field.MESSAGE, memory().scope(ADA));
    UUID scope = ada.getFirst().scope().id();
    List<Object> key =
        query("keys", "select wrapped from key_version where scope_id = ?", scope).getFirst();
    List<Object> owner = ownerOf(ada.getFirst().scope());
    erase(ADA);

    restore(older);
    update("keys", "alter table key_version drop constraint legal_move");
    update(
        "keys",
        "update key_version set state = 'ACTIVE', active = true, wrapped = ? where scope_id = ?",
        key.getFirst(),
        scope);
    update(
        "keys",
        "update key_scope set erased_at = null, owner = ? where id = ?",
        owner.getFirst(),
        scope);
    restart();

    assertThat(opened(ada)).containsExactlyInAnyOrder("q1", "a1");
  }

  @Test
  void dropsWhatWasMadeOfThePersonsMessagesAndWhatIsJustBeingMade() {
    remember(HALL, ADA, 1);
    remember(HALL, TOM, 2);
    note(HALL, "ada said q1");
    Scope derived = vault().conversation(ACME.key(), conversation());
    Fold underway = fold("being made");

    erase(ADA);
    bean(Summaries.class).keep(underway, "being made of q1");

    assertThat(count("default", "select count(*) from summary")).isZero();
    assertThat(query("keys", "select state from key_version where scope_id = ?", derived.id()))
        .containsOnly(List.of("DESTROYED"));
    assertThatThrownBy(
            () -> vault().seal(new Cell(Field.SUMMARY, derived, vault().newId(), 1), "x"))
        .isInstanceOf(ErasedException.class);
    note(HALL, "tom said q2");
    assertThat(count("default", "select count(*) from summary")).isEqualTo(1);
  }

  @Test
  void sealsASummaryForItsConversationSoThatItGoesWithWhatItWasMadeOf() {
    for (int turn = 0; turn < RULES.window() * 2; turn++) {
      remember(HALL, ADA, turn);
    }
    Summaries summaries = bean(Summaries.class);

    Fold fold = summaries.due(HALL, RULES).orElseThrow();
    summaries.keep(fold, "ada said q0");

    assertThat(summaries.recall(HALL, RULES)).isEqualTo(new Notes("ada said q0", 0));
    List<Cell> notes = cells(Field.SUMMARY, vault().conversation(ACME.key(), conversation()));
    assertThat(opened(notes)).containsExactly("ada said q0");
    Map<String, List<List<Object>>> older = copy();
    erase(ADA);
    restore(older);
    restart();
    assertThat(notes).hasSize(1).allSatisfy(this::isErased);
  }

  @Test
  void goesOnWhereItWasCutOffAndGivesOneReceipt() {
    for (int turn = 0; turn < Erasing.BATCH; turn++) {
      remember(HALL, ADA, turn);
    }
    Scope scope = memory().scope(ADA);
    assertThatThrownBy(() ->
            erasure()
                .person(
                    ADA,
                    (_, _) -> {
                      throw new IllegalStateException("cut off");
                    }))
        .hasMessage("cut off");
    assertThat(named(scope)).isEqualTo(Erasing.BATCH);
    assertThat(bean(Shredder.class).receipts()).isEmpty();
    restart();

    List<Receipt> completed = erasure().resume((_, _) -> {});

    assertThat(completed).hasSize(1);
    assertThat(completed.getFirst().rows()).isEqualTo(2 * Erasing.BATCH);
    assertThat(named(scope)).isZero();
    assertThat(erasure().resume((_, _) -> {})).isEmpty();
    assertThat(bean(Shredder.class).receipts()).isEqualTo(completed);
  }

  @Test
  void erasesAConversationByWhomeverItWasSaidAndAgainWhenItComesBack() {
    remember(HALL, ADA, 1);
    remember(HALL, TOM, 2);
    remember(YARD, ADA, 3);
    note(HALL, "notes");
    Map<String, List<List<Object>>> older = copy();

    Optional<Receipt> receipt = erasure().conversation(HALL, (_, _) -> {});

    assertThat(receipt.orElseThrow().json()).contains("\"kind\":\"conversation\"", "\"rows\":5");
    assertThat(recalled(HALL)).isEmpty();
    assertThat(recalled(YARD)).containsExactly("q3", "a3");
    assertThat(erasure().conversation(HALL, (_, _) -> {})).isEmpty();

    restore(older);
    restart();
    assertThat(bean(Summaries.class).recall(HALL, RULES)).isEqualTo(Notes.NONE);
    erasure().resume((_, _) -> {});
    assertThat(recalled(HALL)).isEmpty();
    assertThat(recalled(YARD)).containsExactly("q3", "a3");
  }

  @Test
  void keepsNothingOfThoseWhoWriteWhileTheyAreErased() throws Exception {
    remember(HALL, ADA, 0);
    Scope scope = memory().scope(ADA);
    AtomicInteger turns = new AtomicInteger();
    CountDownLatch underway = new CountDownLatch(20);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<? extends Future<?>> writers =
          IntStream.range(0, 4)
              .mapToObj(_ -> threads.submit(() -> writeUntilErased(scope, turns, underway)))
              .toList();
      underway.await();

      erase(ADA);
      for (Future<?> writer : writers) {
        writer.get();
      }
    }

    assertThat(named(scope)).isZero();
    assertThat(count("default", "select count(*) from key_version where scope_id = ?", scope.id()))
        .isZero();
    assertThat(recalled(HALL)).isEmpty();
  }

  @Test
  void refusesARowThatWasSealedBeforeAndIsStoredAfter() {
    assertThatThrownBy(() -> eraseBeforeTheRowIsStored()).isInstanceOf(IllegalStateException.class);
    assertThat(count("default", "select count(*) from message")).isZero();
  }

  @Test
  void twinThatReleasesNothingStoresARowOfTheErased() {
    become("releases-nothing");

    assertThat(eraseBeforeTheRowIsStored()).isEqualTo(1);
  }

  private int eraseBeforeTheRowIsStored() {
    remember(HALL, ADA, 1);
    remember(HALL, TOM, 2);
    List<List<Object>> rows =
        query("default", "select * from message where scope_id = ?", memory().scope(ADA).id());
    erase(ADA);
    assertThat(count("default", "select count(*) from message")).isEqualTo(2);
    update("default", "delete from message");
    return putBack("message", List.of(rows.getFirst()));
  }

  @Test
  void isSteppedOverByARotationAlsoWhenItComesInBetween() {
    remember(HALL, ADA, 1);
    remember(HALL, TOM, 2);
    Scope scope = memory().scope(ADA);

    bean(Keys.class).rotate((_, _) -> erase(ADA));
    bean(Keys.class).rotate((_, _) -> {});

    assertThat(named(scope)).isZero();
    assertThat(query("keys", "select state from key_version where scope_id = ?", scope.id()))
        .isNotEmpty()
        .containsOnly(List.of("DESTROYED"));
    assertThat(recalled(HALL)).containsExactly("q2", "a2");
    assertThat(bean(Keys.class).status().pending()).isZero();
  }

  private void writeUntilErased(Scope scope, AtomicInteger turns, CountDownLatch underway) {
    try {
      while (true) {
        memory().remember(exchange(HALL, ADA, turns.incrementAndGet()), scope);
        underway.countDown();
      }
    } catch (ErasedException | DataAccessException refused) {
      underway.countDown();
    }
  }

  private Optional<Receipt> erase(Person person) {
    return erasure().person(person, (_, _) -> {});
  }

  private Erasure erasure() {
    return bean(Erasure.class);
  }

  private Memory memory() {
    return bean(Memory.class);
  }

  private Vault vault() {
    return bean(Vault.class);
  }

  private List<Object> ownerOf(Scope scope) {
    return query("keys", "select owner from key_scope where id = ?", scope.id()).getFirst();
  }

  private long named(Scope scope) {
    long rows = 0;
    for (Field field : Field.values()) {
      rows +=
          count(
              "default",
              "select count(*) from " + field.table() + " where scope_id = ?",
              scope.id());
    }
    return rows;
  }

  private Map<String, List<List<Object>>> copy() {
    Map<String, List<List<Object>>> tables = new HashMap<>();
    TABLES.forEach(it -> tables.put(it, query("default", "select * from " + it)));
    return tables;
  }

  private void restore(Map<String, List<List<Object>>> older) {
    TABLES.forEach(it -> putBack(it, older.getOrDefault(it, List.of())));
  }

  private List<Cell> cells(Field field, Scope scope) {
    return query(
            "default",
            "select id, row_version from " + field.table() + " where scope_id = ?",
            scope.id())
        .stream()
        .map(it -> new Cell(field, scope, (UUID) it.get(0), (Integer) it.get(1)))
        .toList();
  }

  private List<String> opened(List<Cell> cells) {
    return cells.stream().map(this::open).toList();
  }

  private String open(Cell cell) {
    List<Object> row =
        query("default", "select body from " + cell.field().table() + " where id = ?", cell.row())
            .getFirst();
    return vault().open(cell, Stored.value((byte[]) row.getFirst()));
  }

  private void isErased(Cell cell) {
    assertThatThrownBy(() -> open(cell)).isInstanceOf(ErasedException.class);
  }

  private UUID conversation() {
    return (UUID)
        query("default", "select conversation_id from message order by seq").getFirst().getFirst();
  }

  private void note(ConversationKey key, String text) {
    assertThat(key).isEqualTo(HALL);
    bean(Summaries.class).keep(fold(text), text);
  }

  private Fold fold(String text) {
    UUID id = conversation();
    long epoch = bean(Heads.class).find(HALL).orElseThrow().head().epoch();
    Scope scope = vault().conversation(ACME.key(), id);
    return new Fold(id, scope, epoch, 2, NOON, NOON.plus(LONG), text, List.of());
  }

  private void remember(ConversationKey key, Person person, int turn) {
    memory().remember(exchange(key, person, turn), memory().scope(person));
  }

  private static Exchange exchange(ConversationKey key, Person person, int turn) {
    return new Exchange(
        key, person, "m" + turn, NOON.plusSeconds(turn), "q" + turn, "a" + turn, false, LONG);
  }

  private List<String> recalled(ConversationKey key) {
    Recollection recollection = memory().recall(key, 400, LONG);
    assertThat(recollection.damaged()).isZero();
    return recollection.said().stream().map(Recollection.Said::text).toList();
  }

  private static ConversationKey key(String place) {
    return new ConversationKey(ACME.key(), List.of("desk", "channel", place));
  }
}
