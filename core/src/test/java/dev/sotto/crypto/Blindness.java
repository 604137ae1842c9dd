package dev.sotto.crypto;

import static io.micronaut.transaction.TransactionDefinition.Propagation.REQUIRES_NEW;

import io.micronaut.context.annotation.Replaces;
import io.micronaut.context.annotation.Requires;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** What happens between the reading of rows and their exchange. */
final class Blindness {
  static final String LOOKS = "looks-before-it-writes";
  static final String WRITES_BLINDLY = "writes-blindly";

  private Blindness() {}

  /** Run once, just before rows are exchanged. */
  @Singleton
  static final class Moment {
    private final AtomicReference<Runnable> next = new AtomicReference<>(() -> {});

    void once(Runnable work) {
      next.set(work);
    }

    void pass() {
      next.getAndSet(() -> {}).run();
    }
  }

  /** As it should be. */
  @Singleton
  @Transactional(propagation = REQUIRES_NEW)
  @Replaces(SealedRows.class)
  @Requires(property = "twin", value = LOOKS)
  static class Looking extends SealedRows {
    private final Moment moment;

    Looking(JdbcOperations jdbc, Moment moment) {
      super(jdbc);
      this.moment = moment;
    }

    @Override
    int replace(Field field, VersionRow old, List<Change> changes) {
      moment.pass();
      return super.replace(field, old, changes);
    }
  }

  /** Without compare-and-set. */
  @Singleton
  @Transactional(propagation = REQUIRES_NEW)
  @Replaces(SealedRows.class)
  @Requires(property = "twin", value = WRITES_BLINDLY)
  static class Blind extends SealedRows {
    private final JdbcOperations jdbc;
    private final Moment moment;

    Blind(JdbcOperations jdbc, Moment moment) {
      super(jdbc);
      this.jdbc = jdbc;
      this.moment = moment;
    }

    @Override
    int replace(Field field, VersionRow old, List<Change> changes) {
      moment.pass();
      for (Change change : changes) {
        jdbc.prepareStatement(
            "update " + field.table() + " set body = ?, key_id = ? where id = ?",
            statement -> {
              statement.setBytes(1, change.after().bytes());
              statement.setInt(2, change.after().keyId());
              statement.setObject(3, change.id());
              return statement.executeUpdate();
            });
      }
      return changes.size();
    }
  }
}
