package dev.sotto.crypto;

import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Property;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import java.util.List;

/** Stops the process dead at a step of a rotation, such as {@code VersionRows.add after}. */
@Factory
@Requires(property = CrashPoints.AT)
final class CrashPoints {
  static final String AT = "test.crash-at";

  /** As the system says of a killed process. */
  static final int KILLED = 137;

  private final String at;

  CrashPoints(@Property(name = AT) String at) {
    this.at = at;
  }

  private <T> T armed(Class<T> type, T bean) {
    return Interference.between(
        type,
        bean,
        (method, call) -> {
          halt(type.getSimpleName() + "." + method + " before");
          Object result = call.proceed();
          halt(type.getSimpleName() + "." + method + " after");
          return result;
        });
  }

  private void halt(String step) {
    if (step.equals(at)) {
      Runtime.getRuntime().halt(KILLED);
    }
  }

  @Singleton
  BeanCreatedEventListener<VersionRows> versions() {
    return new Listener<>(VersionRows.class, this);
  }

  @Singleton
  BeanCreatedEventListener<ShadowRows> shadows() {
    return new Listener<>(ShadowRows.class, this);
  }

  @Singleton
  BeanCreatedEventListener<PlainRows> plain() {
    return new Listener<>(PlainRows.class, this);
  }

  @Singleton
  BeanCreatedEventListener<TombstoneRows> tombstones() {
    return new Listener<>(TombstoneRows.class, this);
  }

  @Singleton
  BeanCreatedEventListener<RotationRows> rotations() {
    return new Listener<>(RotationRows.class, this);
  }

  @Singleton
  BeanCreatedEventListener<KeyLedger> ledgers() {
    return new Listener<>(KeyLedger.class, this);
  }

  @Singleton
  BeanCreatedEventListener<SealedRows> sealed(JdbcOperations jdbc) {
    return event -> new Exchange(jdbc, event.getBean(), this);
  }

  private record Listener<T>(Class<T> type, CrashPoints points)
      implements BeanCreatedEventListener<T> {
    @Override
    public T onCreated(BeanCreatedEvent<T> event) {
      return points.armed(type, event.getBean());
    }
  }

  private static final class Exchange extends SealedRows {
    private final SealedRows rows;
    private final CrashPoints points;

    Exchange(JdbcOperations jdbc, SealedRows rows, CrashPoints points) {
      super(jdbc);
      this.rows = rows;
      this.points = points;
    }

    @Override
    List<SealedRow> some(Field field, VersionRow key, int limit) {
      return rows.some(field, key, limit);
    }

    @Override
    List<SealedRow> strays(Field field, VersionRow key, int limit) {
      return rows.strays(field, key, limit);
    }

    @Override
    int replace(Field field, VersionRow old, List<Change> changes) {
      points.halt("SealedRows.replace before");
      int done = rows.replace(field, old, changes);
      points.halt("SealedRows.replace after");
      return done;
    }
  }
}
