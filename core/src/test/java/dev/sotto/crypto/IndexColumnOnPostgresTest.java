package dev.sotto.crypto;

import dev.sotto.TestDatabases;
import java.nio.file.Path;
import java.util.Map;

class IndexColumnOnPostgresTest extends IndexColumnTest {
  @Override
  protected Map<String, Object> databases(Path data) {
    return TestDatabases.postgres();
  }
}
