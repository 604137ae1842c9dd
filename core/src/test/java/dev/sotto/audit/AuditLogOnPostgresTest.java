package dev.sotto.audit;

import dev.sotto.TestDatabases;
import java.util.Map;

class AuditLogOnPostgresTest extends AuditLogTest {
  @Override
  Map<String, Object> databases() {
    return TestDatabases.postgres();
  }
}
