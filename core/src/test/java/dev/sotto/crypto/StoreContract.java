package dev.sotto.crypto;

import dev.sotto.TestDatabases;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A store that can be closed and opened again, on H2 files or on PostgreSQL. */
abstract class StoreContract {
  @TempDir Path folder;
  final Map<String, Object> properties = new HashMap<>();
  SealedStore store;

  @BeforeEach
  void openStore() {
    if (properties.isEmpty()) {
      properties.putAll(databases());
    }
    properties.put("sotto.root-key", "file:" + folder.resolve("safe/root.key"));
    properties.put(FileLedger.PLACE, ledger().toString());
    properties.put("sotto.data-directory", folder.resolve("data").toString());
    store = SealedStore.open(properties);
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  Path ledger() {
    return folder.resolve("ledger");
  }

  /** H2; a subclass may choose another. */
  Map<String, Object> databases() {
    return TestDatabases.h2(folder.resolve("data"));
  }

  /** Closes and opens again, with nothing left in memory. */
  void restart() {
    store.close();
    store = SealedStore.open(properties);
  }

  /** What another process needs to open the same. */
  Map<String, Object> properties() {
    return Map.copyOf(properties);
  }

  /** A second process, as it were, on the same databases: a context with memory of its own. */
  SealedStore second() {
    return SealedStore.open(properties);
  }

  /** Closes and opens again, with a defence taken out. */
  void restartAs(String kind) {
    properties.put("twin", kind);
    restart();
  }

  /** Leaves what there is for an installation that never had the defence. */
  void startAnewAs(String kind) {
    store.close();
    folder = folder.resolve(kind);
    properties.clear();
    properties.putAll(databases());
    properties.put("twin", kind);
    openStore();
  }

  /** Another store, without a defence, for the time of a test. */
  SealedStore twin(String kind) {
    Map<String, Object> other = new HashMap<>();
    other.put("twin", kind);
    return SealedStore.open(other);
  }
}
