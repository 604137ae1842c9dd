package dev.sotto.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sotto.TestDatabases;
import dev.sotto.crypto.root.RootKeyException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RootKeyTest {
  @TempDir Path folder;
  private Path key;
  private Path data;

  @BeforeEach
  void choosePlaces() {
    key = folder.resolve("config/sotto/root.key");
    data = folder.resolve("data");
  }

  @Test
  void isMadeForItsOwnerAloneAtTheFirstStart() throws IOException {
    try (SealedStore store = start(key)) {
      assertThat(store.keys.created()).isTrue();
      assertThat(store.keys.rootKey()).isEqualTo("file:" + key);
    }

    assertThat(permissions(key)).isEqualTo("rw-------");
    assertThat(permissions(key.resolveSibling("."))).isEqualTo("rwx------");
    assertThat(Files.readString(key)).startsWith("# Root key of Sotto.").hasLineCount(2);
    try (SealedStore store = start(key)) {
      assertThat(store.keys.created()).isFalse();
    }
  }

  @Test
  void openTheDataFromAnotherPlaceToo() throws IOException {
    Cell cell = writeOne();
    Path moved = Files.move(key, folder.resolve("moved.key"));

    try (SealedStore store = start(moved)) {
      assertThat(store.read(cell)).isEqualTo("hello");
    }
  }

  @Test
  void stopsTheStartWhenItIsMissing() throws IOException {
    writeOne();
    Files.delete(key);

    assertRefused(() -> start(key), "missing");
    assertThat(key).doesNotExist();
  }

  @Test
  void stopsTheStartWhenItIsAnother() throws IOException {
    Cell cell = writeOne();
    Path kept = Files.move(key, folder.resolve("kept.key"));
    Files.writeString(key, Base64.getEncoder().encodeToString(new byte[32]));
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));

    assertRefused(() -> start(key), "not the key");
    try (SealedStore store = start(kept)) {
      assertThat(store.read(cell)).isEqualTo("hello");
      assertThat(store.count("keys", "select count(*) from installation")).isEqualTo(1);
    }
  }

  @Test
  void stopsTheStartWhenTheKeyStoreIsEmptyButDataExists() throws IOException {
    writeOne();
    try (var files = Files.list(data)) {
      for (Path file :
          files.filter(one -> one.getFileName().toString().startsWith("keys")).toList()) {
        Files.delete(file);
      }
    }
    Files.delete(key);

    assertRefused(() -> start(key), "key store");
    assertThat(key).doesNotExist();
  }

  @Test
  void isRefusedWhenOthersMayReadIt() throws IOException {
    writeOne();
    for (String open : new String[] {"rw-r-----", "rw----r--", "rw--w----", "rwxrwxrwx"}) {
      Files.setPosixFilePermissions(key, PosixFilePermissions.fromString(open));
      assertRefused(() -> start(key), "chmod 600");
    }
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("r--------"));
    start(key).close();
  }

  @Test
  void isRefusedInTheDataDirectoryAlsoThroughALink() throws IOException {
    Files.createDirectories(data);
    Path link = Files.createSymbolicLink(folder.resolve("link"), data);

    for (Path inside :
        new Path[] {
          data.resolve("root.key"), data.resolve("a/../b/root.key"), link.resolve("root.key")
        }) {
      assertRefused(() -> start(inside), "data directory");
      assertThat(inside).doesNotExist();
    }
  }

  @Test
  void isRefusedWhenDamaged() throws IOException {
    writeOne();
    for (String text : new String[] {"", "# only words\n", "c2hvcnQ=\n", "###\n!!!\n"}) {
      Files.writeString(key, text);
      assertRefused(() -> start(key), "damaged");
    }
    Files.writeString(key, "x".repeat(5000));
    assertRefused(() -> start(key), "not a root key");
  }

  @Test
  void isRefusedOfAKindThatIsNotKnown() {
    Map<String, Object> properties = TestDatabases.h2(data);
    for (String place : new String[] {"gopher://key", "file:", "root.key"}) {
      properties.put("sotto.root-key", place);
      assertRefused(() -> SealedStore.open(properties), "sotto.root-key");
    }
  }

  private Cell writeOne() {
    try (SealedStore store = start(key)) {
      return store.put(store.cell(store.vault.person("slack:T1", "U1")), "hello");
    }
  }

  private SealedStore start(Path root) {
    Map<String, Object> properties = new HashMap<>(TestDatabases.h2(data));
    properties.put("sotto.root-key", "file:" + root);
    properties.put("sotto.data-directory", data.toString());
    return SealedStore.open(properties);
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  /** As the program sees it: somewhere among the causes, in one line. */
  private static void assertRefused(ThrowingCallable start, String reason) {
    assertThatThrownBy(start)
        .satisfies(thrown -> {
          Throwable cause = thrown;
          while (cause.getCause() != null && !(cause instanceof RootKeyException)) {
            cause = cause.getCause();
          }
          assertThat(cause)
              .isInstanceOf(RootKeyException.class)
              .hasMessageContaining("root key")
              .hasMessageContaining(reason)
              .hasMessageNotContaining("\n");
        });
  }
}
