package dev.sotto.audit;

import dev.sotto.TestDatabases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A log that can be closed and opened again, on H2 files or on PostgreSQL. */
abstract class AuditContract {
  @TempDir Path folder;
  private final Map<String, Object> properties = new HashMap<>();
  AuditStore store;

  @BeforeEach
  void openStore() {
    properties.putAll(databases());
    properties.put("sotto.root-key", "file:" + folder.resolve("safe/root.key"));
    properties.put("sotto.data-directory", folder.resolve("data").toString());
    store = AuditStore.open(properties);
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  /** H2; a subclass may choose another. */
  Map<String, Object> databases() {
    return TestDatabases.h2(folder.resolve("data"));
  }

  /** Closes and opens again, with nothing left in memory. */
  void restart() {
    store.close();
    store = AuditStore.open(properties);
  }

  /** The same, and from now on without a defence. */
  void restartAs(String twin) {
    restartWith("twin", twin);
  }

  void restartWith(String property, String value) {
    properties.put(property, value);
    restart();
  }

  /** Another process on the same data. */
  AuditStore another() {
    return AuditStore.open(properties);
  }

  Path anchor() {
    return folder.resolve("safe/audit.anchor");
  }

  String anchors() throws IOException {
    return Files.readString(anchor());
  }
}
