package dev.sotto;

import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Property;
import io.micronaut.context.annotation.Requires;
import jakarta.annotation.PreDestroy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Takes all memory that the process may have, once a file is there. */
@Context
@Requires(property = Hunger.ORDERS)
public final class Hunger implements AutoCloseable {
  /** Names the file. */
  public static final String ORDERS = "test.hunger-orders";

  private static final int BITE = 64 * 1_024;
  private static final int LOOK = 5;

  private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor();
  private final List<byte[]> eaten = new ArrayList<>();
  private final Path orders;

  Hunger(@Property(name = ORDERS) Path orders) {
    this.orders = orders;
    var _ = watch.scheduleWithFixedDelay(this::look, LOOK, LOOK, TimeUnit.MILLISECONDS);
  }

  private void look() {
    while (Files.exists(orders)) {
      eaten.add(new byte[BITE]);
    }
  }

  @Override
  @PreDestroy
  public void close() {
    watch.shutdownNow();
  }
}
