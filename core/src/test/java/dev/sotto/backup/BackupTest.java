package dev.sotto.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sotto.chat.Person;
import dev.sotto.crypto.Inspection;
import dev.sotto.crypto.Keys;
import dev.sotto.crypto.SealedFiles;
import dev.sotto.memory.Chains;
import io.micronaut.context.ApplicationContext;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Backups of one kind of database, restored into the same kind; subclasses choose others. */
class BackupTest extends BackupContract {
  @Test
  void bringsEverythingBackIntoEmptyDatabases() throws IOException {
    remember(ADA, 3);
    remember(TOM, 2);
    List<Long> told = new ArrayList<>();

    Backups.Written written = backup(told);

    assertThat(told).isSorted().last().isEqualTo(written.dataRows() + written.keyRows());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(written.data())))
        .isEqualTo("rw-------");
    assertThat(restore(empty, it -> it.both(written.data(), written.keys())))
        .extracting(Restore.Checked::rows)
        .containsExactly(written.dataRows(), written.keyRows());
    try (ApplicationContext restored = open(empty)) {
      assertThat(recalled(restored, ADA)).containsExactlyElementsOf(turns(3));
      assertThat(recalled(restored, TOM)).containsExactlyElementsOf(turns(2));
      Inspection.Inspected found = inspect(restored);
      assertThat(found.opened()).isEqualTo(12);
      assertThat(found.erased() + found.broken()).isZero();
      remember(restored, ADA, 4);
      assertThat(recalled(restored, ADA)).containsExactlyElementsOf(turns(4));
    }
  }

  @Test
  void showsNothingOfWhoWasErasedSinceWhenOldDataMeetTodaysKeys() {
    remember(ADA, 2);
    remember(TOM, 3);
    Backups.Written written = backup(new ArrayList<>());
    erase(TOM);
    Map<String, Object> olderData = withTodaysKeys();

    restore(olderData, it -> List.of(it.data(written.data())));

    try (ApplicationContext restored = open(olderData)) {
      assertThat(recalled(restored, ADA)).containsExactlyElementsOf(turns(2));
      Inspection.Inspected found = inspect(restored);
      assertThat(found.opened()).isEqualTo(6);
      assertThat(found.erased()).isEqualTo(6);
      assertThat(found.broken()).isZero();
    }
  }

  @Test
  void wouldShowThemAgainWithTheKeysOfThatTime() {
    remember(TOM, 3);
    Backups.Written written = backup(new ArrayList<>());
    erase(TOM);

    restore(empty, it -> it.both(written.data(), written.keys()));

    try (ApplicationContext restored = open(empty)) {
      assertThat(recalled(restored, TOM)).containsExactlyElementsOf(turns(3));
    }
  }

  @Test
  void sealsOnUnderKeysThatAreNewerThanTheData() {
    remember(ADA, 1);
    Backups.Written written = backup(new ArrayList<>());
    remember(TOM, 1);
    Map<String, Object> olderData = withTodaysKeys();

    restore(olderData, it -> List.of(it.data(written.data())));

    try (ApplicationContext restored = open(olderData)) {
      remember(restored, TOM, 1);
      assertThat(recalled(restored, TOM)).containsExactlyElementsOf(turns(1));
    }
  }

  @Test
  void refusesDatabasesThatAreNotEmptyAndFilesThatDoNotFit() {
    remember(ADA, 1);
    Backups.Written written = backup(new ArrayList<>());
    restore(empty, it -> it.both(written.data(), written.keys()));

    assertThatThrownBy(() -> restore(empty, it -> it.both(written.data(), written.keys())))
        .isInstanceOf(BackupException.class)
        .hasMessageStartingWith("the database of datasources.default.url is not empty");
    Map<String, Object> other = target(files.resolve("other"));
    assertThatThrownBy(() -> restore(other, it -> it.both(written.keys(), written.data())))
        .isInstanceOf(BackupException.class)
        .hasMessageContaining("holds KEYS, where DATA are wanted");
    assertThatThrownBy(() -> restore(other, it -> List.of(it.data(files.resolve("none")))))
        .isInstanceOf(BackupException.class)
        .hasMessageContaining("is not there");
    try (ApplicationContext restored = open(empty)) {
      assertThat(recalled(restored, ADA)).containsExactlyElementsOf(turns(1));
    }
  }

  @Test
  void refusesAFileThatIsAlteredOrCutOffAnywhere() throws IOException {
    remember(ADA, 2);
    Path whole = backup(new ArrayList<>()).data();
    byte[] bytes = Files.readAllBytes(whole);
    Restore restore = bean(Restore.class);
    assertThat(restore.check(whole).rows()).isPositive();
    Path altered = files.resolve("altered");

    for (int i = 0; i < bytes.length; i += i < 400 ? 1 : 211) {
      bytes[i] ^= 1;
      refuses(restore, Files.write(altered, bytes));
      bytes[i] ^= 1;
    }
    for (int length = 0; length < bytes.length; length += length < 400 ? 7 : 331) {
      refuses(restore, Files.write(altered, Arrays.copyOf(bytes, length)));
    }
    refuses(restore, Files.write(altered, Arrays.copyOf(bytes, bytes.length + 1)));
  }

  @Test
  void wouldTakeAnAlteredRowIfTheFileWereNotSealed() throws IOException {
    ByteArrayOutputStream plain = new ByteArrayOutputStream();
    ContentWriter writer = new ContentWriter(new DataOutputStream(plain));
    writer.begin("1");
    writer.table("message", List.of("body"));
    writer.row(new Object[] {CANARY.getBytes(StandardCharsets.UTF_8)});
    writer.end();
    byte[] bytes = plain.toByteArray();
    bytes[bytes.length - 12] ^= 1;

    Recorder recorder = new Recorder();
    new ContentReader(new DataInputStream(new ByteArrayInputStream(bytes))).into(recorder);

    assertThat(recorder.last).isNotEqualTo(CANARY.getBytes(StandardCharsets.UTF_8));
  }

  private static final class Recorder implements Content {
    private byte[] last = {};

    @Override
    public void begin(String version) {}

    @Override
    public void table(String name, List<String> columns) {}

    @Override
    public void row(@Nullable Object[] values) {
      last = (byte[]) Objects.requireNonNull(values[0]);
    }

    @Override
    public void end() {}
  }

  @Test
  void carriesARowThatDoesNotVerifySoThatAnInspectionTellsOfIt() {
    remember(ADA, 2);
    numbers(
        bean(ApplicationContext.class), "update message set row_version = 7 where role = 'PERSON'");
    Backups.Written written = backup(new ArrayList<>());

    restore(empty, it -> it.both(written.data(), written.keys()));

    try (ApplicationContext restored = open(empty)) {
      Inspection.Inspected found = inspect(restored);
      assertThat(found.opened()).isEqualTo(3);
      assertThat(found.broken()).isEqualTo(2);
      assertThat(found.told()).hasSize(2).allMatch(it -> it.startsWith("integrity: message "));
    }
  }

  @Test
  void refusesAFileUnderAnotherRootKeyAndNamesIt() {
    remember(ADA, 1);
    Path file = backup(new ArrayList<>()).data();
    Map<String, Object> others = new HashMap<>(empty);
    others.put("sotto.root-key", "file:" + files.resolve("other/root.key"));
    try (ApplicationContext stranger = open(others)) {
      assertThat(stranger.getBean(Keys.class).created()).isTrue();

      assertThatThrownBy(() -> stranger.getBean(Restore.class).check(file))
          .isInstanceOf(BackupException.class)
          .hasMessageContaining("is sealed under the root key file:");
    }
  }

  @Test
  void showsNothingThatAnAlteredFileWouldDoToATerminal() throws IOException {
    remember(ADA, 1);
    Path file = backup(new ArrayList<>()).data();
    byte[] bytes = Files.readAllBytes(file);
    int name = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("file:");

    for (int character : new int[] {'\n', 0x1b, ' ', 0x7f, 0x9b}) {
      bytes[name] = (byte) character;
      Files.write(file, bytes);

      assertThatThrownBy(() -> bean(Restore.class).check(file))
          .isInstanceOf(BackupException.class)
          .hasMessage(file + " is damaged or altered at its beginning");
    }
  }

  @Test
  void isOfOneMomentWhileOthersWriteAndNewPeopleCome() throws Exception {
    AtomicBoolean stop = new AtomicBoolean();
    List<Backups.Written> all = new ArrayList<>();
    try (ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        String name = "W" + i + "-";
        running.add(writers.submit(() -> writeUntil(stop, name)));
      }
      for (int i = 0; i < 3; i++) {
        all.add(
            bean(Backups.class)
                .write(files.resolve("b" + i), files.resolve("b" + i), (done, total) -> {}));
      }
      stop.set(true);
      for (Future<?> writer : running) {
        writer.get();
      }
    }

    for (Backups.Written written : all) {
      Map<String, Object> place = target(files.resolve("of" + all.indexOf(written)));
      restore(place, it -> it.both(written.data(), written.keys()));
      try (ApplicationContext restored = open(place)) {
        assertThat(inspect(restored).broken()).isZero();
        assertThat(numbers(restored, "select count(*) from message m where m.role = 'PERSON'"))
            .isEqualTo(
                numbers(restored, "select count(*) from message m where m.role <> 'PERSON'"));
        Chains.Report chains = chains(restored);
        assertThat(chains).matches(Chains.Report::clean);
        assertThat(chains.messages()).isEqualTo(numbers(restored, "select count(*) from message"));
      }
    }
  }

  @Test
  void showsNoWordAndNoNameOfATable() throws IOException {
    remember(ADA, 1);
    Backups.Written written = backup(new ArrayList<>());

    for (Path file : List.of(written.data(), written.keys())) {
      String sealed = Files.readString(file, StandardCharsets.ISO_8859_1);
      assertThat(sealed).doesNotContain(CANARY, "key_version", "conversation");
      assertThat(inside(file)).contains("key_version").doesNotContain(CANARY);
    }
  }

  @Test
  void showsNoWordEvenIfRowsWereNotSealed() throws IOException {
    Map<String, Object> careless = new HashMap<>(empty);
    careless.put("twin", "seals-nothing");
    try (ApplicationContext twin = open(careless)) {
      remember(twin, ADA, 1);

      Path file = twin.getBean(Backups.class).write(files, files, (_, _) -> {}).data();

      assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).doesNotContain(CANARY);
      try (InputStream in = Files.newInputStream(file)) {
        InputStream content = twin.getBean(SealedFiles.class).opening(in).content();
        assertThat(new String(content.readAllBytes(), StandardCharsets.ISO_8859_1))
            .contains(CANARY);
      }
    }
  }

  private static void refuses(Restore restore, Path file) {
    assertThatThrownBy(() -> restore.check(file))
        .isInstanceOf(BackupException.class)
        .message()
        .startsWith(file.toString())
        .hasLineCount(1);
  }

  private String inside(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      InputStream content = bean(SealedFiles.class).opening(in).content();
      return new String(new DataInputStream(content).readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  private void writeUntil(AtomicBoolean stop, String name) {
    for (int i = 0; !stop.get(); i++) {
      remember(new Person(ACME, name + i / 5), 1);
    }
  }
}
