package dev.sotto.database;

import io.micronaut.jdbc.BasicJdbcConfiguration;
import io.micronaut.jdbc.DataSourceResolver;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings what was committed to an embedded database onto the disk, so that a power cut does not
 * take it back: H2 leaves that to the system, which does it within half a minute. Those who ask at
 * the same time share one flush. PostgreSQL does it with each commit, and nothing happens here.
 */
@Singleton
public class Flush {
  private static final Logger LOG = LoggerFactory.getLogger(Flush.class);

  private final Store data;
  private final Store keys;

  Flush(
      DataSource data,
      @Named("keys") DataSource keys,
      DataSourceResolver resolver,
      @Named("default") BasicJdbcConfiguration ofData,
      @Named("keys") BasicJdbcConfiguration ofKeys) {
    this.data = new Store(resolver.resolve(data), ofData);
    this.keys = new Store(resolver.resolve(keys), ofKeys);
  }

  /**
   * Returns when all that was committed is on the disk, the keys before what they seal.
   *
   * @throws UnflushedException it is not
   */
  public void all() {
    keys.flush();
    data.flush();
  }

  /**
   * As {@link #all}, for the data database alone.
   *
   * @throws UnflushedException it is not
   */
  public void data() {
    data.flush();
  }

  /**
   * As {@link #all}, for the key store alone.
   *
   * @throws UnflushedException it is not
   */
  public void keys() {
    keys.flush();
  }

  /**
   * Writes nothing.
   *
   * @throws UnflushedException a disk has not taken what was forced, and is not asked again
   */
  public void check() {
    keys.check();
    data.check();
  }

  /** One database. */
  private static final class Store {
    /** What the disk did not take it may forget, and say that it took it when asked again. */
    private static final String REFUSED = "Could not sync file";

    private final DataSource source;
    private final boolean embedded;
    private final ReentrantLock lock = new ReentrantLock();
    private final AtomicLong asked = new AtomicLong();
    private long flushed;
    private volatile boolean broken;

    private Store(DataSource source, BasicJdbcConfiguration address) {
      this.source = source;
      this.embedded = Embedded.file(address.getUrl()).isPresent();
    }

    private void flush() {
      if (embedded) {
        share();
      }
    }

    private void check() {
      if (broken) {
        throw new UnflushedException(null);
      }
    }

    private void share() {
      long mine = asked.incrementAndGet();
      lock.lock();
      try {
        if (flushed >= mine) {
          return;
        }
        check();
        long all = asked.get();
        checkpoint();
        flushed = all;
      } catch (SQLException e) {
        note(e);
        throw new UnflushedException(e);
      } finally {
        lock.unlock();
      }
    }

    private void checkpoint() throws SQLException {
      try (Connection connection = source.getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute("checkpoint sync");
      }
    }

    private void note(SQLException failure) {
      if (String.valueOf(failure.getMessage()).contains(REFUSED)) {
        broken = true;
        LOG.error(
            "the disk did not take what was written to an embedded database: nothing is accepted"
                + " any more; look after the disk, then start the program again");
      }
    }
  }
}
