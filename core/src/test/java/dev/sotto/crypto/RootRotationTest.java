package dev.sotto.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sotto.crypto.root.RootKeyException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What replacing the root key promises, whatever database keeps the keys. */
class RootRotationTest extends StoreContract {
  private static final Progress SILENT = (done, total) -> {};
  private static final Logger LOG = LoggerFactory.getLogger(RootRotationTest.class);
  private static final Optional<String> HERE = Optional.empty();

  @Test
  void wrapsTheKeysOfAllWorkspacesByANewKeyInTheSameFile() throws IOException {
    List<Cell> cells = fill(5);
    String before = Files.readString(file());
    AtomicLong last = new AtomicLong();

    Rotation rotation =
        rotation()
            .rotate(
                HERE,
                (done, total) -> {
                  assertThat(done).isBetween(last.get(), total);
                  last.set(done);
                });

    assertThat(rotation).isEqualTo(new Rotation(0, 6, 1, 0, 0));
    assertThat(last).hasValue(6);
    assertThat(Files.readString(file())).hasLineCount(2).isNotEqualTo(before);
    assertReadable(cells);
    restart();
    assertReadable(cells);
    assertThat(count("root_key")).isOne();
    assertThat(count("root_change")).isZero();
  }

  @Test
  void refusesTheFormerKeyAndSaysThatThereIsANewerOne() throws IOException {
    List<Cell> cells = fill(1);
    String before = Files.readString(file());
    rotation().rotate(HERE, SILENT);
    String after = Files.readString(file());
    Files.writeString(file(), before);

    assertThatThrownBy(this::restart)
        .hasRootCauseInstanceOf(RootKeyException.class)
        .rootCause()
        .hasMessageContaining("former root key");

    Files.writeString(file(), after);
    restart();
    assertReadable(cells);
  }

  @Test
  void movesToAnotherFileAndTellsAStartWithTheOldSettingWhereItIs() throws IOException {
    List<Cell> cells = fill(3);
    Path other = folder.resolve("other/root.key");

    Rotation rotation = rotation().rotate(Optional.of("file:" + other), SILENT);

    assertThat(rotation.rows()).isEqualTo(4);
    assertThat(store.keys.rootKey()).isEqualTo("file:" + other);
    assertReadable(cells);
    assertThatThrownBy(this::restart)
        .rootCause()
        .isInstanceOf(RootKeyException.class)
        .hasMessageContaining("it is now at file:" + other)
        .hasMessageContaining("sotto.root-key")
        .hasMessageNotContaining("\n");
    properties.put("sotto.root-key", "file:" + other);
    restart();
    assertReadable(cells);
  }

  @Test
  void comesBackToAPlaceThatItLeft() {
    List<Cell> cells = fill(2);
    String other = "file:" + folder.resolve("other/root.key");
    rotation().rotate(Optional.of(other), SILENT);

    rotation().rotate(Optional.of("file:" + file()), SILENT);

    restart();
    assertReadable(cells);
  }

  @Test
  void goesOnAfterItWasCutOffWithEitherSetting() {
    List<Cell> cells = fill(3);
    String other = "file:" + folder.resolve("other/root.key");

    cutOff(other);
    for (String setting : List.of("file:" + file(), other)) {
      properties.put("sotto.root-key", setting);
      restart();
      assertReadable(cells);
      cells.addAll(fill(cells.size() + 1));
    }
    assertThatThrownBy(() -> rotation().rotate(Optional.of("file:" + file()), SILENT))
        .hasMessageContaining("finish it first");
    rotation().rotate(HERE, SILENT);

    assertThat(count("root_key")).isOne();
    restart();
    assertReadable(cells);
  }

  @Test
  void isKeptByTheForeignKeyWhileItWrapsSomething() {
    fill(2);
    store.keyStore("alter table installation drop constraint under_a_root");

    assertThatThrownBy(() -> store.keyStore("delete from root_key"))
        .hasMessageContaining("wrapped_by_root");
    store.keyStore("alter table key_version drop constraint wrapped_by_root");
    assertThat(store.keyStore("delete from root_key")).isOne();
  }

  @Test
  void keepsTheOldKeyWhileOneOfAWorkspaceDoesNotVerify() {
    List<Cell> cells = fill(2);
    store.keyStore(
        "update key_version set wrapped = ? where root_id is not null and scope_id = ?",
        new byte[200],
        workspace("slack:T1"));

    Rotation rotation = rotation().rotate(HERE, SILENT);

    assertThat(rotation.waiting()).isOne();
    assertThat(rotation.unreadable()).isOne();
    assertThat(count("root_key")).isEqualTo(2);
    restart();
    assertThat(store.read(cells.getFirst())).isEqualTo("text");
  }

  @Test
  void anAddressThatTheRootKeyDidNotWriteIsNotFollowed() {
    fill(1);
    cutOff("file:" + folder.resolve("other/root.key"));
    store.keyStore("update root_change set destination = ?", new byte[90]);

    assertThatThrownBy(this::restart)
        .hasStackTraceContaining("integrity: the change of it that was begun does not verify");
  }

  @Test
  void wrapsTenThousandWorkspacesAgainInAboutASecond() {
    fill(1);
    Keyring keyring = store.bean(Keyring.class);
    KeyStore keys = store.bean(KeyStore.class);
    UUID parent = store.bean(Installation.class).id();
    Instant now = Instant.now();
    for (int i = 0; i < 10_000; i++) {
      byte[] owner = ByteBuffer.allocate(Fingerprint.SIZE).putInt(i + 1).array();
      UUID id = store.vault.newId();
      ScopeRow scope =
          new ScopeRow(id, parent, Scope.Kind.WORKSPACE, new BlindIndex(owner), now, null);
      BlindIndexes.Forms forms = new BlindIndexes.Forms(List.of(scope.owner()), Optional.empty());
      assertThat(keys.add(scope, keyring.make(scope), forms)).isTrue();
    }
    rotation().rotate(HERE, SILENT);
    long begin = System.nanoTime();

    assertThat(rotation().rotate(HERE, SILENT).rows()).isGreaterThan(10_000);

    Duration took = Duration.ofNanos(System.nanoTime() - begin);
    LOG.info("10,000 workspaces were wrapped again in {} ms", took.toMillis());
    assertThat(took).isLessThan(Duration.ofSeconds(5)); // On a machine that does other things too.
  }

  private void cutOff(String to) {
    assertThatThrownBy(() ->
            rotation()
                .rotate(
                    Optional.of(to),
                    (done, total) -> {
                      throw new IllegalStateException("cut off");
                    }))
        .hasMessage("cut off");
  }

  private RootRotation rotation() {
    return store.bean(RootRotation.class);
  }

  private Path file() {
    return folder.resolve("safe/root.key");
  }

  /** Something of a person in so many workspaces. */
  private List<Cell> fill(int workspaces) {
    return new ArrayList<>(
        IntStream.range(0, workspaces)
            .mapToObj(it -> store.put(store.cell(store.vault.person("slack:T" + it, "U1")), "text"))
            .toList());
  }

  private void assertReadable(List<Cell> cells) {
    assertThat(cells).allSatisfy(cell -> assertThat(store.read(cell)).isEqualTo("text"));
  }

  private Object workspace(String name) {
    return store.vault.workspace(name);
  }

  private long count(String table) {
    return store.count("keys", "select count(*) from " + table);
  }
}
