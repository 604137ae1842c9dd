package dev.sotto.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class VaultTest extends StoreContract {
  static final String TEAM = "slack:T0SECRET1";
  static final String PERSON = "U0SECRET2";

  @Test
  void opensWhatItSealedAlsoAfterARestart() {
    Scope person = store.vault.person(TEAM, PERSON);
    List<String> texts = List.of("", "hello", "\u0000", "ünï 🤫 \u202e", "long ".repeat(50_000));
    List<Cell> cells = new ArrayList<>();
    for (String text : texts) {
      cells.add(store.put(store.cell(person), text));
    }

    restart();

    for (int i = 0; i < texts.size(); i++) {
      assertThat(store.read(cells.get(i))).isEqualTo(texts.get(i));
    }
    assertThat(store.vault.person(TEAM, PERSON)).isEqualTo(person);
    assertThat(store.vault.scope(person.id())).isEqualTo(person);
    assertThat(store.keys.created()).isFalse();
  }

  @Test
  void keepsOneScopeForEachOwner() {
    UUID conversation = store.vault.newId();

    List<Scope> scopes =
        List.of(
            store.vault.person(TEAM, PERSON),
            store.vault.person(TEAM, "U2"),
            store.vault.person("slack:T2", PERSON),
            store.vault.person("discord:" + TEAM, PERSON),
            store.vault.conversation(TEAM, conversation),
            store.vault.data(TEAM),
            store.vault.data("slack:T2"),
            store.vault.installation());

    assertThat(scopes).doesNotHaveDuplicates();
    assertThat(store.vault.conversation(TEAM, conversation)).isEqualTo(scopes.get(4));
    assertThat(store.vault.workspace(TEAM)).isEqualTo(scopes.getFirst().workspace());
  }

  @Test
  void makesOneScopeForManyWhoAskAtOnce() throws Exception {
    Set<Scope> scopes = ConcurrentHashMap.newKeySet();
    try (ExecutorService many = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> asked = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        String person = "U" + i % 5;
        asked.add(many.submit(() -> scopes.add(store.vault.person(TEAM, person))));
      }
      for (Future<?> one : asked) {
        one.get();
      }
    }

    assertThat(scopes).hasSize(5);
    assertThat(store.count("keys", "select count(*) from key_scope where kind = 'PERSON'"))
        .isEqualTo(5);
  }

  @Test
  void takesFingerprintsThatDifferByWorkspaceDomainAndParts() {
    Vault vault = store.vault;

    List<Fingerprint> all =
        List.of(
            vault.fingerprint(TEAM, Domain.PERSON, "ab", "c"),
            vault.fingerprint("slack:T2", Domain.PERSON, "ab", "c"),
            vault.fingerprint(TEAM, Domain.EVENT, "ab", "c"),
            vault.fingerprint(TEAM, Domain.PERSON, "a", "bc"),
            vault.fingerprint(TEAM, Domain.PERSON, "abc"),
            vault.fingerprint(TEAM, Domain.PERSON, "ab", "c", ""));

    assertThat(all).doesNotHaveDuplicates().allMatch(one -> one.bytes().length == 16);
    restart();
    assertThat(store.vault.fingerprint(TEAM, Domain.PERSON, "ab", "c")).isEqualTo(all.getFirst());
  }

  @Test
  void sealsTheSameTextDifferentlyEachTime() {
    Cell cell = store.cell(store.vault.person(TEAM, PERSON));

    assertThat(store.vault.seal(cell, "hello")).isNotEqualTo(store.vault.seal(cell, "hello"));
  }

  @Test
  void makesIdsThatRise() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      UUID id = store.vault.newId();
      assertThat(id.version()).isEqualTo(7);
      ids.add(id.toString());
    }

    assertThat(ids).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void refusesATextThatIsTooLong() {
    Cell cell = store.cell(store.vault.person(TEAM, PERSON));

    assertThatThrownBy(() -> store.vault.seal(cell, "x".repeat(Vault.LIMIT + 1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void printsNothingOfWhatItHolds() {
    Scope person = store.vault.person(TEAM, PERSON);
    Cell cell = store.cell(person);
    Ciphertext sealed = store.vault.seal(cell, "my secret is 42");

    String printed =
        "%s %s %s %s %s"
            .formatted(
                sealed,
                store.vault.fingerprint(TEAM, Domain.PERSON, PERSON),
                cell,
                store.keys.status(),
                person);

    assertThat(printed)
        .contains("Ciphertext[109 bytes] Fingerprint ")
        .doesNotContain("secret", "SECRET", "42,");
  }

  @Test
  void storesNeitherTextNorPlatformIdsNorKeys() {
    write(store);

    assertThat(leaks(store)).isEmpty();
    assertThat(store.dump("default")).doesNotContain("wrapped");
    try (SealedStore twin = twin(Twins.SEALS_NOTHING)) {
      write(twin);
      assertThat(leaks(twin)).containsExactly("my secret is 42");
    }
  }

  private static void write(SealedStore store) {
    store.put(store.cell(store.vault.person(TEAM, PERSON)), "my secret is 42");
    store.vault.fingerprint(TEAM, Domain.EVENT, "Ev0SECRET3");
  }

  private static List<String> leaks(SealedStore store) {
    String dump = store.dump("default") + store.dump("keys");
    assertThat(dump).contains("message", "key_version", "key_scope");
    return List.of("my secret is 42", "T0SECRET1", PERSON, "Ev0SECRET3").stream()
        .filter(word -> dump.contains(word) || dump.toLowerCase(Locale.ROOT).contains(hex(word)))
        .toList();
  }

  private static String hex(String word) {
    return HexFormat.of().formatHex(word.getBytes(StandardCharsets.UTF_8));
  }
}
