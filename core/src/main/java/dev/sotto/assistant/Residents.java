package dev.sotto.assistant;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sotto.chat.Address;
import dev.sotto.chat.ChatPlatform.PlaceName;
import dev.sotto.crypto.Domain;
import dev.sotto.crypto.Fingerprint;
import dev.sotto.crypto.IntegrityException;
import dev.sotto.crypto.Scope;
import dev.sotto.crypto.Vault;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * Which assistant lives at an address: the one chosen there by command, else by the bindings of the
 * definitions, else the default. A choice is kept sealed and holds for the channel and its threads.
 */
@Singleton
public class Residents {
  private final Choices choices;
  private final Vault vault;
  private final Assistants assistants;
  private final Cache<Fingerprint, Optional<String>> chosen =
      Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(Duration.ofMinutes(1)).build();

  Residents(Choices choices, Vault vault, Assistants assistants) {
    this.choices = choices;
    this.vault = vault;
    this.assistants = assistants;
    choices.anchor();
  }

  /**
   * The assistant that answers there.
   *
   * @param names what people call a place; asked only when a definition is bound by name
   * @throws IntegrityException the choice that was made there does not verify, was brought back or
   *     is gone
   */
  public Assistant at(Address address, Function<Address, Optional<PlaceName>> names) {
    Scope scope = vault.data(address.workspace().key());
    Optional<String> choice =
        chosen.get(fingerprint(address), it -> choices.find(scope.workspace(), it));
    return assistants.at(address, names.apply(address), choice);
  }

  /** From now on this assistant answers in that channel. */
  public void choose(Address address, Assistant assistant) {
    Fingerprint place = fingerprint(address);
    choices.choose(vault.data(address.workspace().key()), place, assistant.id());
    chosen.invalidate(place);
  }

  private Fingerprint fingerprint(Address address) {
    return vault.fingerprint(address.workspace().key(), Domain.BINDING, address.channel());
  }
}
