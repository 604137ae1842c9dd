package dev.sotto.backup;

import io.micronaut.context.BeanContext;
import io.micronaut.inject.qualifiers.Qualifiers;
import io.micronaut.jdbc.DataSourceResolver;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** The two databases, whatever is in them. */
@Singleton
final class StoreRows {
  private final BeanContext beans;

  StoreRows(BeanContext beans) {
    this.beans = beans;
  }

  /** One of the databases. */
  enum Store {
    DATA("default", "classpath:db/data"),
    KEYS("keys", "classpath:db/keys");

    private final String name;
    private final String migrations;

    Store(String name, String migrations) {
      this.name = name;
      this.migrations = migrations;
    }

    private String property() {
      return "datasources." + name + ".url";
    }
  }

  SnapshotRows snapshot(Store store) {
    return SnapshotRows.open(source(store));
  }

  LoadRows load(Store store) {
    return LoadRows.into(source(store), store.migrations);
  }

  void requireEmpty(Store store) {
    LoadRows.requireEmpty(source(store), store.property());
  }

  /** The key versions of scopes that seal rows, as the key store has them. */
  List<LoadRows.KeyLine> keys() {
    List<LoadRows.KeyLine> lines = new ArrayList<>();
    try (SnapshotRows keys = snapshot(Store.KEYS)) {
      keys.keyLines(lines::add);
    }
    return lines;
  }

  /** Says that blind indexes stand under no key again, to a key store that knows of such keys. */
  void allowPlainIndexes() {
    try (LoadRows load = load(Store.KEYS)) {
      load.allowPlainIndexes();
    }
  }

  /** Around the transactions of Micronaut Data. */
  private DataSource source(Store store) {
    DataSource inTransactions = beans.getBean(DataSource.class, Qualifiers.byName(store.name));
    return beans.getBean(DataSourceResolver.class).resolve(inTransactions);
  }
}
