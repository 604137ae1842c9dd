package dev.sotto.crypto;

import static io.micronaut.transaction.TransactionDefinition.Propagation.REQUIRES_NEW;

import com.github.benmanes.caffeine.cache.Ticker;
import com.google.crypto.tink.Aead;
import dev.sotto.database.Flush;
import dev.sotto.telemetry.Telemetry;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.annotation.Value;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.jdbc.BasicJdbcConfiguration;
import io.micronaut.jdbc.DataSourceResolver;
import io.micronaut.transaction.TransactionOperations;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Named;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Arrays;
import java.util.UUID;
import javax.sql.DataSource;

/** The vault with one defence taken out, so that a test can see its attack succeed. */
@Factory
final class Twins {
  static final String BINDS_NOTHING = "binds-nothing";
  static final String SEALS_NOTHING = "seals-nothing";
  static final String FORGETS_TOMBSTONES = "forgets-tombstones";

  static final String COMPACTS_NOTHING = "compacts-nothing";
  static final String WAITS_IN_TRANSACTIONS = "waits-in-transactions";

  @Singleton
  @Replaces(bean = Grace.class, factory = CryptoFactory.class)
  Grace grace(@Value("${grace:300ms}") Duration time) {
    return new Grace(time);
  }

  @Singleton
  @Replaces(Binding.class)
  @Requires(property = "twin", value = BINDS_NOTHING)
  static final class BindsNothing extends Binding {
    BindsNothing(Provider<BlindIndexes> indexes) {
      super(indexes);
    }

    @Override
    byte[] ofValue(UUID installation, Cell cell) {
      return new byte[0];
    }

    @Override
    byte[] ofText(SealedTexts.Use use, String name) {
      return new byte[0];
    }

    @Override
    byte[] ofKey(UUID installation, ScopeRow scope, int keyId) {
      return new byte[0];
    }
  }

  @Singleton
  @Replaces(Caches.class)
  @Requires(property = "twin", value = WAITS_IN_TRANSACTIONS)
  static final class WaitsInTransactions extends Caches {
    WaitsInTransactions(
        Ticker ticker,
        TransactionOperations<?> data,
        @Named("keys") TransactionOperations<?> keys,
        Telemetry telemetry) {
      super(ticker, data, keys, telemetry);
    }

    @Override
    boolean inTransaction() {
      return false;
    }
  }

  /** Marks a value as sealed, and leaves it as it is. */
  @Singleton
  @Replaces(Tink.class)
  @Requires(property = "twin", value = SEALS_NOTHING)
  static final class SealsNothing extends Tink {
    private static final int MARK = 5;

    @Override
    Aead aead(byte[] secret) throws GeneralSecurityException {
      byte[] mark = Arrays.copyOf(super.aead(secret).encrypt(new byte[0], new byte[0]), MARK);
      return new Aead() {
        @Override
        public byte[] encrypt(byte[] plain, byte[] associatedData) {
          return ByteBuffer.allocate(MARK + plain.length).put(mark).put(plain).array();
        }

        @Override
        public byte[] decrypt(byte[] sealed, byte[] associatedData) {
          return Arrays.copyOfRange(sealed, MARK, sealed.length);
        }
      };
    }
  }

  /** Remembers no version of anything. */
  @Singleton
  @Replaces(Anchors.class)
  @Requires(property = "twins.anchors-nothing")
  static class AnchorsNothing extends Anchors {
    AnchorsNothing(
        Scopes scopes,
        AnchorRows rows,
        SubjectRows subjects,
        BlindIndexes indexes,
        Flush disk,
        Ticker ticker) {
      super(scopes, rows, subjects, indexes, disk, ticker);
    }

    @Override
    public long seen(UUID workspace, Fingerprint subject) {
      return 0;
    }
  }

  /** Never says that something was done once and for all. */
  @Singleton
  @Replaces(Anchors.class)
  @Requires(property = "twins.chains-again")
  static class ChainsAgain extends Anchors {
    ChainsAgain(
        Scopes scopes,
        AnchorRows rows,
        SubjectRows subjects,
        BlindIndexes indexes,
        Flush disk,
        Ticker ticker) {
      super(scopes, rows, subjects, indexes, disk, ticker);
    }

    @Override
    public boolean marked(String deed) {
      return false;
    }

    @Override
    public long seen(UUID workspace, Fingerprint subject) {
      return 0;
    }
  }

  /** Leaves the file of the key store as it is. */
  @Singleton
  @Replaces(CompactionRows.class)
  @Requires(property = "twin", value = COMPACTS_NOTHING)
  static final class CompactsNothing extends CompactionRows {
    CompactsNothing(
        EpochRows epochs,
        @Named("keys") DataSource keys,
        DataSourceResolver resolver,
        @Named("keys") BasicJdbcConfiguration address) {
      super(epochs, keys, resolver, address);
    }

    @Override
    @PreDestroy
    public void close() {}
  }

  /** Lets rows name an erased scope for ever. */
  @Singleton
  @Replaces(RemainRows.class)
  @Transactional(propagation = REQUIRES_NEW)
  @Requires(property = "twin", value = "releases-nothing")
  static class ReleasesNothing extends RemainRows {
    ReleasesNothing(JdbcOperations jdbc, ShadowRows shadows) {
      super(jdbc, shadows);
    }

    @Override
    boolean release(UUID scope) {
      return true;
    }
  }
}
