package dev.sotto.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sotto.TestDatabases;
import io.micronaut.context.ApplicationContext;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VaultTest {
  @Test
  void opensWhatItSealed() {
    try (ApplicationContext context =
        ApplicationContext.run(Map.of("flyway.datasources.default.target", "1"))) {
      Vault vault = context.getBean(Vault.class);
      Scope scope = vault.person("slack:T1", "U1");
      Cell cell = new Cell(Field.MESSAGE, scope, vault.newId(), 1);
      Ciphertext sealed = vault.seal(cell, "hello");
      assertThat(vault.open(cell, sealed)).isEqualTo("hello");
      assertThat(vault.scope(scope.id())).isEqualTo(scope);
    }
  }

  @Test
  void opensWhatItSealedOnPostgres() {
    try (ApplicationContext context = ApplicationContext.run(TestDatabases.postgres())) {
      Vault vault = context.getBean(Vault.class);
      Scope scope = vault.person("slack:T1", "U1");
      Cell cell = new Cell(Field.MESSAGE, scope, vault.newId(), 1);
      Ciphertext sealed = vault.seal(cell, "hello");
      assertThat(vault.open(cell, sealed)).isEqualTo("hello");
      assertThat(vault.scope(scope.id())).isEqualTo(scope);
    }
  }
}
