package dev.sotto.database;

import static dev.sotto.chat.Inbox.Receipt.ACCEPTED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sotto.FaultyDisk;
import dev.sotto.StoredContract;
import dev.sotto.TestDatabases;
import dev.sotto.chat.ChatEvent;
import dev.sotto.chat.Inbox;
import dev.sotto.crypto.Anchors;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.context.annotation.Requires;
import io.micronaut.jdbc.BasicJdbcConfiguration;
import io.micronaut.jdbc.DataSourceResolver;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Of what was accepted nothing waits in the memory of the system. */
@ResourceLock(FaultyDisk.ORDERS)
class PowerCutTest {
  private static final Instant NOON = Instant.parse("2126-05-04T12:00:00Z");

  @Nested
  class Flushed extends Accepted {
    @Test
    void isOnTheDisk() throws IOException {
      assertThat(eventsAfterACut()).isEqualTo(1);
    }
  }

  @Nested
  class TwinUnflushed extends Accepted {
    @Override
    protected Map<String, Object> databases(Path data) {
      Map<String, Object> settings = super.databases(data);
      settings.put("twin", "flushes-nothing");
      return settings;
    }

    @Test
    void isLost() throws IOException {
      assertThat(eventsAfterACut()).isZero();
    }
  }

  abstract static class Accepted extends StoredContract {
    @Override
    protected Map<String, Object> databases(Path data) {
      return FaultyDisk.under(TestDatabases.h2(data));
    }

    long eventsAfterACut() throws IOException {
      bean(Anchors.class).close();
      ChatEvent hello = new ChatEvent.Message("e1", channel("C1"), ADA, NOON, "m1", "hello", true);
      assertThat(bean(Inbox.class).accept(hello)).isEqualTo(ACCEPTED);
      abandon("default");
      abandon("keys");
      FaultyDisk.cutPower();
      restart();
      return count("default", "select count(*) from inbox_event");
    }
  }

  @Singleton
  @Replaces(Flush.class)
  @Requires(property = "twin", value = "flushes-nothing")
  static class FlushesNothing extends Flush {
    FlushesNothing(
        DataSource data,
        @Named("keys") DataSource keys,
        DataSourceResolver resolver,
        @Named("default") BasicJdbcConfiguration ofData,
        @Named("keys") BasicJdbcConfiguration ofKeys) {
      super(data, keys, resolver, ofData, ofKeys);
    }

    @Override
    public void all() {}

    @Override
    public void data() {}

    @Override
    public void keys() {}
  }
}
