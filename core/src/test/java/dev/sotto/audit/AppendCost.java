package dev.sotto.audit;

import dev.sotto.TestDatabases;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/** Measures what an append and a check cost, on both databases; run by hand. */
final class AppendCost {
  private static final int WARMUP = 1_000;
  private static final int MEASURED = 2_000;

  private AppendCost() {}

  static void main() throws Exception {
    Path folder = Files.createTempDirectory("append");
    measure("H2", TestDatabases.h2(folder.resolve("data")), folder);
    measure("PostgreSQL", TestDatabases.postgres(), folder.resolve("postgres"));
    System.exit(0);
  }

  private static void measure(String name, Map<String, Object> properties, Path folder) {
    properties.put("sotto.root-key", "file:" + folder.resolve("safe/root.key"));
    properties.put("sotto.data-directory", folder.resolve("data").toString());
    try (AuditStore store = AuditStore.open(properties)) {
      store.write(1, WARMUP);
      long[] times = new long[MEASURED];
      for (int i = 0; i < MEASURED; i++) {
        long start = System.nanoTime();
        store.write("object " + i);
        times[i] = System.nanoTime() - start;
      }
      Arrays.sort(times);
      long start = System.nanoTime();
      Verification verification = store.log.verify();
      long check = System.nanoTime() - start;
      System.out.printf(
          "%s: append p50 %d us, p99 %d us; check of %d entries %d us each, failed: %s%n",
          name,
          times[MEASURED / 2] / 1_000,
          times[MEASURED * 99 / 100] / 1_000,
          verification.entries(),
          check / 1_000 / verification.entries(),
          verification.failed());
    }
  }
}
