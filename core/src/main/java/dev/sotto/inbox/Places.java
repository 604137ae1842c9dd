package dev.sotto.inbox;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sotto.chat.Address;
import dev.sotto.chat.ChatEvent;
import dev.sotto.chat.Inbox.Seen;
import dev.sotto.chat.Platform;
import dev.sotto.crypto.BlindIndexes;
import dev.sotto.crypto.Cell;
import dev.sotto.crypto.Ciphertext;
import dev.sotto.crypto.Domain;
import dev.sotto.crypto.ErasedException;
import dev.sotto.crypto.Field;
import dev.sotto.crypto.Fingerprint;
import dev.sotto.crypto.IndexGuard;
import dev.sotto.crypto.IntegrityException;
import dev.sotto.crypto.Scope;
import dev.sotto.crypto.Vault;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The places in which a bot takes part, and the lanes of order: a place, or one's commands in it.
 */
@Singleton
class Places {
  private static final Logger LOG = LoggerFactory.getLogger(Places.class);
  private static final int REMEMBERED = 20_000;

  private final Vault vault;
  private final PlaceRows rows;
  private final IndexGuard guard;
  private final Cache<Fingerprint, UUID> known =
      Caffeine.newBuilder().maximumSize(REMEMBERED).build();

  Places(Vault vault, PlaceRows rows, IndexGuard guard) {
    this.vault = vault;
    this.rows = rows;
    this.guard = guard;
  }

  Optional<UUID> find(ChatEvent event) {
    Fingerprint fingerprint = fingerprint(event);
    UUID cached = known.getIfPresent(fingerprint);
    if (cached != null) {
      return Optional.of(cached);
    }
    Optional<UUID> found = rows.findId(vault.indexes().forms(fingerprint));
    found.ifPresent(it -> known.put(fingerprint, it));
    return found;
  }

  /** Takes part from now on. */
  UUID join(ChatEvent event) {
    Address address = event.address();
    Fingerprint fingerprint = fingerprint(event);
    Scope scope = vault.data(address.workspace().key());
    UUID id = vault.newId();
    Ciphertext body = vault.seal(new Cell(Field.PLACE, scope, id, 1), Json.write(address));
    BlindIndexes.Forms forms = vault.indexes().of(fingerprint);
    Platform platform = address.workspace().platform();
    guard.once(
        () -> rows.findId(forms.all()).isPresent(),
        () -> rows.create(id, forms.written(), platform, scope.id(), body.keyId(), 1, body),
        forms);
    return find(event).orElseThrow();
  }

  /**
   * Where an event happened.
   *
   * @throws IntegrityException the row of its place does not verify
   */
  Address addressOf(UUID event) {
    PlaceRow row = rows.findByEvent(event).orElseThrow();
    return open(row.id(), row.scopeId(), row.rowVersion(), row.body());
  }

  List<Seen> seen(Platform platform, int most) {
    return rows.seen(platform, most).stream().flatMap(this::readable).toList();
  }

  private Stream<Seen> readable(SeenRow row) {
    try {
      Address address = open(row.id(), row.scopeId(), row.rowVersion(), row.body());
      return Stream.of(new Seen(address, row.seenAt()));
    } catch (IntegrityException | ErasedException e) {
      LOG.error("a place is left out: {}", e.getMessage());
      return Stream.empty();
    }
  }

  private Address open(UUID id, UUID scope, int version, Ciphertext body) {
    Cell cell = new Cell(Field.PLACE, vault.scope(scope), id, version);
    return Json.read(vault.open(cell, body), Address.class);
  }

  private Fingerprint fingerprint(ChatEvent event) {
    Address address = event.address();
    String lane =
        switch (event) {
          case ChatEvent.Command command -> "commands of " + command.person().id();
          case ChatEvent.Message _, ChatEvent.Edit _, ChatEvent.Deletion _ -> "messages";
        };
    return vault.fingerprint(
        address.workspace().key(),
        Domain.PLACE,
        address.channel(),
        address.thread().orElse(""),
        lane);
  }
}
