package dev.sotto.crypto;

import dev.sotto.TestDatabases;
import java.util.List;
import java.util.Map;

class TargetsOnPostgresTest extends TargetsTest {
  @Override
  Map<String, Object> databases() {
    return TestDatabases.postgres();
  }

  @Override
  boolean shared() {
    return true;
  }

  @Override
  String everything() {
    StringBuilder text = new StringBuilder();
    for (String table : List.of("message", "binding", "key_version", "destroyed_key")) {
      String sql = "select cast(t as text) from " + table + " t order by 1";
      text.append(store.query("default", sql)).append('\n');
    }
    for (String table : List.of("key_version", "key_scope", "key_rotation", "installation")) {
      String sql = "select cast(t as text) from " + table + " t order by 1";
      text.append(store.query("keys", sql)).append('\n');
    }
    return text.toString();
  }
}
