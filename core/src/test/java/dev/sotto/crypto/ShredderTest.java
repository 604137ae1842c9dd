package dev.sotto.crypto;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sotto.TestDatabases;
import io.micronaut.context.ApplicationContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left of keys that were destroyed: nowhere in memory, and not in a file for long. */
class ShredderTest {
  private static final String TEAM = "slack:T1";

  @TempDir private Path folder;

  @Test
  void theFileOfTheKeyStoreHasTheKeyUntilItStopsAndNeverAfter() throws IOException {
    byte[] wrapped;
    try (ApplicationContext context = open(files())) {
      Vault vault = context.getBean(Vault.class);
      for (int i = 0; i < 50; i++) {
        vault.person(TEAM, "U" + i);
      }
      Scope scope = vault.person(TEAM, "U7");
      wrapped = wrapped(context, scope);
      assertThat(inFiles(wrapped)).isTrue();

      context.getBean(Shredder.class).person(TEAM, "U7");

      assertThat(inFiles(wrapped)).isTrue();
    }

    assertThat(inFiles(wrapped)).isFalse();
    try (ApplicationContext context = open(files())) {
      assertThat(context.getBean(EpochRows.class).uncompacted()).isZero();
      assertThat(context.getBean(Shredder.class).person(TEAM, "U8")).isPresent();
      assertThat(context.getBean(Vault.class).person(TEAM, "U9")).isNotNull();
    }
  }

  @Test
  void twinThatIsNotWrittenAnewHasTheKeyInItsFileForLong() throws IOException {
    byte[] wrapped;
    Map<String, Object> twin = files();
    twin.put("twin", Twins.COMPACTS_NOTHING);
    try (ApplicationContext context = open(twin)) {
      Scope scope = context.getBean(Vault.class).person(TEAM, "U7");
      wrapped = wrapped(context, scope);
      context.getBean(Shredder.class).person(TEAM, "U7");
    }

    assertThat(inFiles(wrapped)).isTrue();
  }

  @Test
  void anotherProcessLetsGoOfTheKeyWithinTwoSeconds() {
    Map<String, Object> shared = TestDatabases.postgres();
    try (ApplicationContext here = open(shared);
        ApplicationContext there = open(shared)) {
      Scope scope = here.getBean(Vault.class).person(TEAM, "U1");
      Cell cell = new Cell(Field.MESSAGE, scope, here.getBean(Vault.class).newId(), 1);
      Ciphertext sealed = here.getBean(Vault.class).seal(cell, "my secret is 42");
      assertThat(there.getBean(Vault.class).open(cell, sealed)).isEqualTo("my secret is 42");

      here.getBean(Shredder.class).person(TEAM, "U1");

      assertThatThrownBy(() -> here.getBean(Vault.class).open(cell, sealed))
          .isInstanceOf(ErasedException.class);
      await()
          .atMost(Duration.ofSeconds(2))
          .untilAsserted(() ->
              assertThatThrownBy(() -> there.getBean(Vault.class).open(cell, sealed))
                  .isInstanceOf(ErasedException.class));
      assertThat(there.getBean(Vault.class).person(TEAM, "U1").id())
          .isNotEqualTo(scope.id())
          .isEqualTo(here.getBean(Vault.class).person(TEAM, "U1").id());
    }
  }

  @Test
  void tellsTheLedgerBeforeTheKeysAreDestroyedAndDoesNothingWithoutIt() {
    List<KeyDeed> deeds = new CopyOnWriteArrayList<>();
    List<RuntimeException> refusals = new ArrayList<>();
    KeyLedger ledger =
        deed -> {
          if (!refusals.isEmpty()) {
            throw refusals.removeFirst();
          }
          deeds.add(deed);
        };
    try (ApplicationContext context = ApplicationContext.builder().singletons(ledger).start()) {
      Vault vault = context.getBean(Vault.class);
      Scope scope = vault.person(TEAM, "U1");
      Shredder shredder = context.getBean(Shredder.class);
      refusals.add(new IllegalStateException("full"));

      assertThatThrownBy(() -> shredder.person(TEAM, "U1")).hasMessage("full");
      assertThat(vault.seal(new Cell(Field.MESSAGE, scope, vault.newId(), 1), "x").keyId())
          .isNotZero();
      assertThat(shredder.unfinished()).hasSize(1);

      assertThat(deeds)
          .containsExactly(new KeyDeed(KeyDeed.Act.ERASED, scope.id(), Scope.Kind.PERSON, 0, 1));
      assertThatThrownBy(() -> vault.seal(new Cell(Field.MESSAGE, scope, vault.newId(), 1), "x"))
          .isInstanceOf(ErasedException.class);
    }
  }

  @Test
  void addsNoKeyToAScopeThatWasErasedAndNoScopeToSuchAWorkspace() {
    try (ApplicationContext context = ApplicationContext.run()) {
      Vault vault = context.getBean(Vault.class);
      Scope scope = vault.person(TEAM, "U1");
      ScopeRow row = context.getBean(ScopeRows.class).findById(scope.id()).orElseThrow();
      KeyStore store = context.getBean(KeyStore.class);
      Keyring keyring = context.getBean(Keyring.class);
      VersionRow underway = keyring.make(row);
      ScopeRow newcomer =
          new ScopeRow(
              vault.newId(),
              row.parentId(),
              Scope.Kind.DATA,
              BlindIndex.none(),
              row.createdAt(),
              null);
      VersionRow first = keyring.make(newcomer);
      BlindIndexes.Forms nobody = vault.indexes().of(Fingerprint.none());

      context.getBean(Shredder.class).person(TEAM, "U1");
      assertThat(store.begin(underway, Instant.MIN)).isEmpty();
      assertThatThrownBy(() -> store.activate(scope.id(), underway.keyId()))
          .isInstanceOf(ErasedException.class);

      context.getBean(Shredder.class).workspace(TEAM);
      assertThatThrownBy(() -> store.add(newcomer, first, nobody))
          .isInstanceOf(ErasedException.class);
      assertThat(vault.person(TEAM, "U1").workspace()).isNotEqualTo(scope.workspace());
    }
  }

  private ApplicationContext open(Map<String, Object> databases) {
    Map<String, Object> properties = new HashMap<>(databases);
    properties.put("sotto.root-key", "file:" + folder.resolve("safe/root.key"));
    properties.put("sotto.data-directory", folder.resolve("data").toString());
    return ApplicationContext.run(properties);
  }

  /**
   * That H2 does not write its file anew by itself, which it does now and then when it is closed.
   */
  private Map<String, Object> files() {
    Map<String, Object> properties = TestDatabases.h2(folder.resolve("data"));
    properties.computeIfPresent("datasources.keys.url", (_, url) -> url + ";MAX_COMPACT_TIME=0");
    return properties;
  }

  private static byte[] wrapped(ApplicationContext context, Scope scope) {
    VersionRow version =
        context
            .getBean(VersionRows.class)
            .findByScopeIdAndState(scope.id(), KeyState.ACTIVE)
            .getFirst();
    Ciphertext wrapped = version.wrapped();
    return wrapped == null ? new byte[0] : wrapped.bytes();
  }

  private boolean inFiles(byte[] wanted) throws IOException {
    assertThat(wanted).hasSizeGreaterThan(32);
    String needle = new String(wanted, ISO_8859_1);
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (Files.readString(file, ISO_8859_1).contains(needle)) {
          return true;
        }
      }
    }
    return false;
  }
}
