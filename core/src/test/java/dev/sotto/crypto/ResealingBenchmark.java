package dev.sotto.crypto;

import dev.sotto.TestDatabases;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * How fast one thread seals rows of 1 KiB again, against the same updates without any sealing, how
 * fast the keys of a workspace are wrapped again, and how long those of all workspaces take that
 * the root key wraps. Run by hand, by the load driver.
 */
public final class ResealingBenchmark {
  private static final PrintStream OUT = System.out;
  private static final int ROWS = 20_000;
  private static final int BATCH = 200;
  private static final int SCOPES = 2_000;
  private static final int WORKSPACES = 10_000;
  private static final int ROUNDS = 3;
  private static final String TEXT = "0123456789abcdef".repeat(64);

  private final SealedStore store;
  private final Scope person;
  private final Scope plain;

  private ResealingBenchmark(SealedStore store) {
    this.store = store;
    this.person = store.vault.person("slack:T1", "U1");
    this.plain = store.vault.person("slack:T1", "U2");
  }

  /** Prints a table. */
  public static void main(String... arguments) throws IOException {
    OUT.println(
        "| | re-sealed, rows/s | plain updates, rows/s | times | keys wrapped again a second"
            + " | root key of 10,000 workspaces, ms |");
    OUT.println("|---|---|---|---|---|---|");
    Path folder = Files.createTempDirectory("resealing");
    run("H2", folder.resolve("h2"), TestDatabases.h2(folder.resolve("h2/data")));
    run("PostgreSQL", folder.resolve("postgres"), TestDatabases.postgres());
  }

  private static void run(String name, Path folder, Map<String, Object> databases) {
    Map<String, Object> properties = new HashMap<>(databases);
    properties.put("sotto.root-key", "file:" + folder.resolve("safe/root.key"));
    properties.put("sotto.data-directory", folder.resolve("data").toString());
    try (SealedStore store = SealedStore.open(properties)) {
      ResealingBenchmark benchmark = new ResealingBenchmark(store);
      benchmark.fill();
      for (int i = 0; i < ROUNDS; i++) {
        double resealed = benchmark.reseal();
        double plain = benchmark.plain();
        double wrapped = benchmark.rewrap();
        double root = benchmark.replaceRoot();
        OUT.printf(
            Locale.ROOT,
            "| %s | %,.0f | %,.0f | %.2f | %,.0f | %,.0f |%n",
            name,
            resealed,
            plain,
            plain / resealed,
            wrapped,
            root);
      }
    }
  }

  private void fill() {
    store.data("create index message_key on message (scope_id, key_id)");
    store.data("create index binding_key on binding (scope_id, key_id)");
    for (int i = 0; i < ROWS; i += BATCH) {
      insert(Field.MESSAGE, person);
      insert(Field.BINDING, plain);
    }
    for (int i = 0; i < SCOPES; i++) {
      store.vault.person("slack:T2", "U" + i);
    }
    Keyring keyring = store.bean(Keyring.class);
    UUID parent = store.bean(Installation.class).id();
    for (int i = 0; i < WORKSPACES; i++) {
      byte[] owner = ByteBuffer.allocate(Fingerprint.SIZE).putInt(i + 1).array();
      ScopeRow scope =
          new ScopeRow(
              store.vault.newId(),
              parent,
              Scope.Kind.WORKSPACE,
              new BlindIndex(owner),
              Instant.now(),
              null);
      BlindIndexes.Forms forms = new BlindIndexes.Forms(List.of(scope.owner()), Optional.empty());
      store.bean(KeyStore.class).add(scope, keyring.make(scope), forms);
    }
  }

  private void insert(Field field, Scope scope) {
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < BATCH; i++) {
      Cell cell = new Cell(field, scope, store.vault.newId(), 1);
      Ciphertext body = store.vault.seal(cell, TEXT);
      values.addAll(List.of(cell.row(), scope.id(), body.keyId(), cell.version(), body.bytes()));
    }
    store.data(
        "insert into %s (id, scope_id, key_id, row_version, body) values %s"
            .formatted(
                field.table(), String.join(", ", Collections.nCopies(BATCH, "(?, ?, ?, ?, ?)"))),
        values.toArray());
  }

  private double reseal() {
    ScopeRow scope = scope(person.id());
    store.bean(Introduction.class).replace(scope, Instant.MAX);
    return rate(store.bean(Resealing.class), scope, Aim.scope(person.id()));
  }

  private double rewrap() {
    ScopeRow scope = scope(store.vault.workspace("slack:T2"));
    store.bean(Introduction.class).replace(scope, Instant.MAX);
    return rate(store.bean(Rewrapping.class), scope, Aim.wrapperOf(scope.id()));
  }

  private double replaceRoot() {
    long start = System.nanoTime();
    store.bean(RootRotation.class).rotate(Optional.empty(), (done, total) -> {});
    return (System.nanoTime() - start) / 1e6;
  }

  private double rate(Renewal renewal, ScopeRow scope, Aim aim) {
    RotationRow run =
        new RotationRow(
            store.vault.newId(),
            store.bean(Clock.class).instant(),
            null,
            aim.kind(),
            aim.of(),
            true,
            0,
            0,
            0);
    Meter meter = store.bean(Runs.class).meter(run, (done, total) -> {});
    long start = System.nanoTime();
    long rows = 0;
    for (VersionRow old : store.bean(VersionRows.class).replacedOf(scope.id())) {
      rows += renewal.renew(scope, old, meter).rows();
      renewal.destroy(scope, old);
    }
    return rows * 1e9 / (System.nanoTime() - start);
  }

  /** Writes as much to the same columns, in the same batches: without reading and sealing. */
  private double plain() {
    SealedRows rows = store.bean(SealedRows.class);
    VersionRow key = store.bean(KeyStore.class).active(plain.id()).orElseThrow();
    store.bean(Introduction.class).replace(scope(plain.id()), Instant.MAX);
    int next = store.bean(KeyStore.class).active(plain.id()).orElseThrow().keyId();
    List<List<SealedRows.Change>> batches = new ArrayList<>();
    List<SealedRows.SealedRow> page = rows.after(Field.BINDING, key, Aim.EVERY);
    while (!page.isEmpty()) {
      batches.add(page.stream().map(row -> altered(row, next)).toList());
      page = rows.after(Field.BINDING, key, page.getLast().id());
    }
    long start = System.nanoTime();
    long count = 0;
    for (List<SealedRows.Change> batch : batches) {
      count += rows.replace(Field.BINDING, batch);
    }
    return count * 1e9 / (System.nanoTime() - start);
  }

  private static SealedRows.Change altered(SealedRows.SealedRow row, int key) {
    byte[] bytes = row.body().bytes().clone();
    ByteBuffer.wrap(bytes).putInt(1, key);
    return new SealedRows.Change(row.id(), row.body(), new Ciphertext(bytes));
  }

  private ScopeRow scope(UUID id) {
    return store.bean(ScopeRows.class).findById(id).orElseThrow();
  }
}
