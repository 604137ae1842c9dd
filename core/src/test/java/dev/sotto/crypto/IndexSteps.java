package dev.sotto.crypto;

import io.micronaut.context.BeanContext;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;

/** A change of the index key, one step at a time, for tests of several packages. */
public final class IndexSteps {
  /** Guards nothing: each inserts what it does not see. */
  public static final String GUARDS_NOTHING = "guards-nothing";

  private IndexSteps() {}

  /** Keeps a coming key, and notices it. */
  public static int begin(BeanContext beans) {
    Scopes scopes = beans.getBean(Scopes.class);
    UUID id = scopes.of(scopes.own(), Scope.Kind.PERMUTATION, Fingerprint.none()).id();
    ScopeRow scope = beans.getBean(ScopeRows.class).findById(id).orElseThrow();
    VersionRow fresh = beans.getBean(Keyring.class).replacement(scope);
    int key = beans.getBean(KeyStore.class).begin(fresh, Instant.MAX).orElseThrow();
    notice(beans);
    return key;
  }

  /** Puts the coming key to use, and notices it. */
  public static void activate(BeanContext beans, int key) {
    UUID scope = beans.getBean(BlindIndexes.class).scope().orElseThrow().id();
    beans.getBean(KeyStore.class).activate(scope, key);
    notice(beans);
  }

  /** What a process does once in {@link Keyring#LIFE}. */
  public static void notice(BeanContext beans) {
    beans.getBean(BlindIndexes.class).forget();
    var _ = beans.getBean(BlindIndexes.class).now();
  }

  /** What stands in all columns of a store. */
  public static List<BlindIndex> standing(BeanContext beans) {
    AllIndexRows stores = beans.getBean(AllIndexRows.class);
    List<BlindIndex> found = new ArrayList<>();
    for (IndexColumn column : IndexColumn.values()) {
      IndexRows rows = stores.of(column);
      List<IndexRows.Row> page = rows.others(column, 0, IndexRows.RowId.first(column));
      while (!page.isEmpty()) {
        page.forEach(it -> found.add(it.index()));
        page = rows.others(column, 0, page.getLast().id());
      }
    }
    return found;
  }

  /** How many columns hold something. */
  public static long filled(BeanContext beans) {
    AllIndexRows stores = beans.getBean(AllIndexRows.class);
    return Arrays.stream(IndexColumn.values()).filter(it -> stores.of(it).count(it) > 0).count();
  }

  /** Under which keys something stands; 0 for none. */
  public static List<Integer> keys(BeanContext beans) {
    return standing(beans).stream().map(it -> it.keyId().orElse(0)).distinct().toList();
  }

  /** What stood there before there was a key. */
  public static byte[] plain(BeanContext beans, byte[] index) {
    return beans.getBean(BlindIndexes.class).fingerprint(new BlindIndex(index)).bytes();
  }

  @Singleton
  @Replaces(IndexGuard.class)
  @Requires(property = "twin", value = GUARDS_NOTHING)
  static class Unguarded extends IndexGuard {
    Unguarded(GuardRows rows, Provider<IndexGuard> self) {
      super(rows, self);
    }

    @Override
    public int once(BooleanSupplier there, IntSupplier insert, BlindIndexes.Forms... unique) {
      return insert.getAsInt();
    }
  }
}
