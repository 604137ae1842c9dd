package dev.sotto.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sotto.crypto.KeyDeed;
import dev.sotto.crypto.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AuditLogTest extends AuditContract {
  @Test
  void isWholeBeforeAnythingIsWritten() {
    assertThat(store.log.verify()).isEqualTo(new Verification(0, new Place(0, 0), List.of()));
    assertThat(store.log.newest(10)).isEmpty();
  }

  @Test
  void showsTheNewestEntriesAsTheyWereWritten() {
    store.write("one");
    store.log.write(
        new Note(Action.COMMAND, Outcome.REFUSED, "discord:42", "keys rotate", "why\nnot"));
    restart();

    List<AuditEntry> newest = store.log.newest(2);

    assertThat(newest).extracting(it -> it.place().toString()).containsExactly("1/2", "1/3");
    assertThat(newest.getLast().note())
        .isEqualTo(
            new Note(Action.COMMAND, Outcome.REFUSED, "discord:42", "keys rotate", "why not"));
    assertThat(newest.toString() + newest.getLast().note()).doesNotContain("discord", "rotate");
  }

  @Test
  void keepsActorsAndObjectsSealed() {
    store.write("the-object");

    String bodies =
        store.query("default", "select body from audit_entry").stream()
            .map(it -> new String((byte[]) it, UTF_8))
            .reduce("", String::concat);
    assertThat(bodies).isNotEmpty().doesNotContain("slack:U1", "the-object");
  }

  @Test
  void writesADeedDownOnceHoweverOftenItIsTold() {
    KeyDeed destroyed =
        new KeyDeed(KeyDeed.Act.DESTROYED, UUID.randomUUID(), Scope.Kind.PERSON, 17, 4);
    KeyDeed again = new KeyDeed(KeyDeed.Act.DESTROYED, destroyed.scope(), Scope.Kind.PERSON, 17, 2);
    KeyDeed other = new KeyDeed(KeyDeed.Act.DESTROYED, destroyed.scope(), Scope.Kind.PERSON, 18, 4);

    store.log.record(destroyed);
    store.log.record(destroyed);
    restart();
    store.log.record(again);
    store.log.record(other);

    assertThat(store.log.newest(50))
        .extracting(it -> it.note().action())
        .containsExactly(Action.SEGMENT_BEGUN, Action.KEY_DESTROYED, Action.KEY_DESTROYED);
    assertThat(store.findings()).isEmpty();
  }

  @Test
  void goesOnUnderANewKeyAndLinksTheSegments() {
    store.write("one");
    store.log.rotate();
    store.log.rotate();
    store.write("two");
    restart();

    assertThat(store.findings()).isEmpty();
    assertThat(store.log.newest(50))
        .extracting(it -> it.place() + " " + it.note().action())
        .containsExactly(
            "1/1 SEGMENT_BEGUN",
            "1/2 COMMAND",
            "1/3 SEGMENT_CLOSED",
            "2/1 SEGMENT_BEGUN",
            "2/2 SEGMENT_CLOSED",
            "3/1 SEGMENT_BEGUN",
            "3/2 COMMAND");
    String last = store.log.newest(50).get(2).mac().orElseThrow().hex();
    assertThat(store.log.newest(50).get(3).note().reason()).isEqualTo("after " + last);
  }

  @Test
  void takesTheFirstKeyThatWasMadeForASegmentThatNeverBegan() {
    store.write("one");
    store.keyStore(
        "insert into audit_key select 2, root_id, wrapped, made_at from audit_key where segment = 1");

    store.log.rotate();

    assertThat(store.findings()).isEmpty();
  }

  /** Two processes that write, new audit keys and data keys meanwhile, checks, and restarts. */
  @Test
  void raisesNoFalseAlarm() throws ExecutionException, InterruptedException {
    for (int round = 0; round < 3; round++) {
      try (AuditStore other = another()) {
        together(
            () -> store.write(1, share()),
            () -> other.write(1, share()),
            other.log::rotate,
            () -> assertThat(store.findings()).isEmpty());
        assertThat(other.findings()).isEmpty();
      }
      together(
          () -> store.write(1, share()),
          () -> store.write(1, share()),
          () -> store.keys.rotate((_, _) -> {}),
          () -> assertThat(store.findings()).isEmpty());
      restart();
    }

    store.keys.rotate((_, _) -> {});
    Verification verification = store.log.verify();

    assertThat(verification.findings()).isEmpty();
    assertThat(verification.entries()).isGreaterThan(12L * share());
    assertThat(store.keys.status().pending()).isZero();
  }

  private static void together(Runnable... work) throws ExecutionException, InterruptedException {
    try (ExecutorService threads = Executors.newFixedThreadPool(work.length)) {
      for (Future<?> it : Stream.of(work).map(threads::submit).toList()) {
        it.get();
      }
    }
  }

  /** How many entries each of the twelve writers writes. */
  private static int share() {
    return Integer.getInteger("sotto.audit.share", 300);
  }

  @Test
  void anchorsOutsideOfTheDatabasesForItsOwnerAlone() throws IOException {
    store.write("one");
    await().until(() -> anchors().lines().count() == 2);

    assertThat(anchors().lines())
        .allMatch(it -> it.matches("[0-9a-f-]{36} \\d+ \\d+ [0-9a-f]{64}"))
        .last()
        .asString()
        .contains(" 1 2 ");
    assertThat(Files.getPosixFilePermissions(anchor()))
        .isEqualTo(EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE));
  }

  @Test
  void keepsAnchorsOfOthersAndMendsATornLine() throws IOException {
    String other = UUID.randomUUID() + " 7 7 " + "ab".repeat(32) + "\n";
    Files.createDirectories(anchor().resolveSibling("."));
    Files.writeString(anchor(), other + "0193");

    store.write("one");
    store.bean(Witness.class).flush();

    assertThat(anchors()).startsWith(other + "0193\n");
    assertThat(store.findings()).isEmpty();
  }

  @Test
  void shortensItsAnchorsToTheNewestOfEachOwner() throws IOException {
    String other = UUID.randomUUID() + " 7 7 " + "ab".repeat(32) + "\n";
    Files.createDirectories(anchor().resolveSibling("."));
    Files.writeString(anchor(), other.repeat(10_000));

    store.write("one");
    store.bean(Witness.class).flush();
    restart();

    assertThat(anchors()).startsWith(other).hasLineCount(3);
    assertThat(store.findings()).isEmpty();
  }

  @Test
  void goesOnWhenItsAnchorIsGoneAndWritesThatDown() throws IOException {
    store.write("one");
    store.close();
    Files.delete(anchor());
    restart();

    store.write("two");

    assertThat(store.log.newest(2).getFirst().note().action()).isEqualTo(Action.ANCHOR_BEGUN);
    assertThat(store.findings()).isEmpty();
  }

  @Test
  void refusesToWriteWhenItsAnchorCannotBeRead() throws IOException {
    Files.createDirectories(anchor());

    assertThatThrownBy(() -> store.write("one"))
        .isInstanceOf(AuditException.class)
        .hasMessageContaining(anchor().toString());
  }

  @Test
  void writesOnWithoutAnAnchorThatCannotBeWrittenAndThenDoesNotVerify() throws IOException {
    restartWith("sotto.audit-anchor", folder.resolve("data/audit.anchor").toString());

    store.write("one");

    assertThat(store.findings()).singleElement().asString().startsWith("its anchor is missing");
  }

  @Test
  void exportsEveryEntryWithAllThatAMacCovers() throws IOException {
    store.write(1, 600);
    StringBuilder text = new StringBuilder();

    long entries = store.log.export(text);

    assertThat(entries).isEqualTo(601);
    assertThat(text.toString().lines())
        .hasSize(601)
        .element(600)
        .asString()
        .contains(
            "\"seq\":601", "\"actor\":\"slack:U1\"", "\"object\":\"object 600\"", "\"mac\":\"");
  }
}
