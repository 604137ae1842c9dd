package dev.sotto.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sotto.StoredContract;
import dev.sotto.TestDatabases;
import dev.sotto.crypto.Cell;
import dev.sotto.crypto.Ciphertext;
import dev.sotto.crypto.ErasedException;
import dev.sotto.crypto.Field;
import dev.sotto.crypto.Receipt;
import dev.sotto.crypto.Scope;
import dev.sotto.crypto.Shredder;
import dev.sotto.crypto.Stored;
import dev.sotto.crypto.Vault;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * How long it takes until nothing of a person with many messages opens, and until their rows are
 * gone: {@code mvn test -pl core -Dtest='ErasureBenchmark*' -Dmessages=1000000}.
 */
class ErasureBenchmark {
  private static final int MESSAGES = Integer.getInteger("messages", 20_000);
  private static final int IN_A_CONVERSATION = 100;
  private static final Duration UNREADABLE = Duration.ofSeconds(1);

  @Nested
  class OnFiles extends Forgetting {}

  @Nested
  class OnPostgres extends Forgetting {
    @Override
    protected Map<String, Object> databases(Path data) {
      return TestDatabases.postgres();
    }
  }

  abstract static class Forgetting extends StoredContract {
    @Test
    void aPersonWithManyMessagesIsUnreadableInASecond() {
      Vault vault = bean(Vault.class);
      Scope scope = bean(Memory.class).scope(ADA);
      Cell cell = new Cell(Field.MESSAGE, scope, vault.newId(), 1);
      Ciphertext body = vault.seal(cell, "x".repeat(100));
      fill(scope, body);

      long begin = System.nanoTime();
      bean(Shredder.class).person(ACME.key(), ADA.id());
      assertThatThrownBy(() -> vault.open(cell, body)).isInstanceOf(ErasedException.class);
      Duration unreadable = Duration.ofNanos(System.nanoTime() - begin);
      System.out.printf(
          "%s: %,d messages unreadable after %d ms%n",
          getClass().getSimpleName(), MESSAGES, unreadable.toMillis());
      Receipt receipt = bean(Erasure.class).resume((_, _) -> {}).getFirst();
      Duration gone = Duration.ofNanos(System.nanoTime() - begin);

      System.out.printf(
          "%s: %,d messages deleted after %,d ms%n",
          getClass().getSimpleName(), MESSAGES, gone.toMillis());
      assertThat(receipt.rows()).isEqualTo(MESSAGES);
      assertThat(count("default", "select count(*) from message")).isZero();
      assertThat(unreadable).isLessThan(UNREADABLE);
    }

    /** Rows of one text, many to a conversation: how they open matters here to one of them only. */
    private void fill(Scope scope, Ciphertext body) {
      update("default", "create table numbers (n integer primary key)");
      String series =
          String.valueOf(properties().get("datasources.default.url")).startsWith("jdbc:h2:")
              ? "select * from system_range(0, ?)"
              : "select generate_series(0, ?)";
      update("default", "insert into numbers " + series, MESSAGES - 1);
      String id = "cast('00000000-0000-7000-8000-' || lpad(cast(%s as varchar), 12, '0') as uuid)";
      update(
          "default",
          "insert into conversation (id, fingerprint, first_seq, next_seq) select "
              + id.formatted("n")
              + ", cast(? as bytea) || cast(lpad(cast(n as varchar), 12, '0') as bytea), 0, 0"
              + " from numbers where n < "
              + (MESSAGES + IN_A_CONVERSATION - 1) / IN_A_CONVERSATION,
          new byte[4]);
      update(
          "default",
          "insert into message (id, conversation_id, seq, role, said_at, expires_at, scope_id, key_id,"
              + " row_version, body) select "
              + id.formatted("n")
              + ", "
              + id.formatted("n / " + IN_A_CONVERSATION)
              + ", n, 'PERSON', ?, ?, ?, ?, 1, ? from numbers",
          java.sql.Timestamp.from(Instant.now()),
          java.sql.Timestamp.from(Instant.now().plus(Duration.ofDays(9))),
          scope.id(),
          body.keyId(),
          Stored.bytes(body));
    }
  }
}
