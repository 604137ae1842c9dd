package dev.sotto.assistant;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sotto.chat.Address;
import dev.sotto.chat.ChatPlatform.PlaceName;
import dev.sotto.crypto.Cell;
import dev.sotto.crypto.Ciphertext;
import dev.sotto.crypto.Domain;
import dev.sotto.crypto.Field;
import dev.sotto.crypto.Fingerprint;
import dev.sotto.crypto.Scope;
import dev.sotto.crypto.Vault;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * Which assistant lives at an address: the one chosen there by command, else by the bindings of the
 * definitions, else the default. A choice is kept sealed and holds for the channel and its threads.
 */
@Singleton
public class Residents {
  private final Vault vault;
  private final BindingRows rows;
  private final Assistants assistants;
  private final Cache<Fingerprint, Optional<String>> chosen =
      Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(Duration.ofMinutes(1)).build();

  Residents(Vault vault, BindingRows rows, Assistants assistants) {
    this.vault = vault;
    this.rows = rows;
    this.assistants = assistants;
  }

  /**
   * The assistant that answers there.
   *
   * @param names what people call a place; asked only when a definition is bound by name
   */
  public Assistant at(Address address, Function<Address, Optional<PlaceName>> names) {
    Optional<String> choice = chosen.get(fingerprint(address), this::load);
    return assistants.at(address, names.apply(address), choice);
  }

  /** From now on this assistant answers in that channel. */
  @Transactional
  public void choose(Address address, Assistant assistant) {
    Fingerprint place = fingerprint(address);
    Scope scope = vault.data(address.workspace().key());
    UUID id = vault.newId();
    Ciphertext body = vault.seal(new Cell(Field.BINDING, scope, id, 1), assistant.id());
    rows.deleteByFingerprint(place);
    rows.save(new BindingRow(id, place, scope.id(), body.keyId(), 1, body));
    chosen.invalidate(place);
  }

  private Optional<String> load(Fingerprint place) {
    return rows.findByFingerprint(place)
        .map(it ->
            vault.open(
                new Cell(Field.BINDING, vault.scope(it.scopeId()), it.id(), it.rowVersion()),
                it.body()));
  }

  private Fingerprint fingerprint(Address address) {
    return vault.fingerprint(address.workspace().key(), Domain.BINDING, address.channel());
  }
}
