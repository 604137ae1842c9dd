package dev.sotto.crypto;

import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.context.event.StartupEvent;
import jakarta.inject.Provider;
import java.util.concurrent.atomic.AtomicLong;

/** Replaces all keys over and over beside whatever else the process does: for the load driver. */
@Context
@Requires(property = "load.rotating", value = "true")
final class RotationBeside implements ApplicationEventListener<StartupEvent> {
  private final Provider<Keys> keys;
  private final AtomicLong rows = new AtomicLong();

  RotationBeside(Provider<Keys> keys) {
    this.keys = keys;
  }

  @Override
  public void onApplicationEvent(StartupEvent event) {
    Thread.ofPlatform().daemon().name("rotation").start(this::rotate);
  }

  private void rotate() {
    for (int i = 1; ; i++) {
      rows.addAndGet(keys.get().rotate((done, total) -> {}).rows());
      System.out.printf("rotation %d done, %d rows so far%n", i, rows.get());
    }
  }
}
