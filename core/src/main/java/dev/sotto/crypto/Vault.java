package dev.sotto.crypto;

import com.google.crypto.tink.Aead;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.UUID;

/**
 * Seals text for a place and opens it there. Thread-safe.
 *
 * <p>Before a row can be sealed its scope must be known: {@link #person}, {@link #conversation} and
 * {@link #data} find it, and make it with its first key when it is new, in transactions of their
 * own. Call them before opening yours. Workspaces are named as {@code slack:T1}; platform ids are
 * kept as blind indexes only.
 */
@Singleton
public class Vault {
  /** The longest text that can be sealed, in bytes of UTF-8. */
  public static final int LIMIT = 8 << 20;

  private final Installation installation;
  private final Scopes scopes;
  private final Keyring keyring;
  private final Binding binding;
  private final BlindIndexes indexes;
  private final Ids ids;

  Vault(
      Installation installation,
      Scopes scopes,
      Keyring keyring,
      Binding binding,
      BlindIndexes indexes,
      Ids ids,
      EpochWatch watch) {
    watch.start();
    this.installation = installation;
    this.scopes = scopes;
    this.keyring = keyring;
    this.binding = binding;
    this.indexes = indexes;
    this.ids = ids;
  }

  /** The scope of what one person of a workspace wrote, and of the replies to them. */
  public Scope person(String workspace, String person) {
    UUID tenant = scopes.workspace(workspace);
    Fingerprint owner = scopes.fingerprint(tenant, Domain.PERSON, person);
    return scopes.of(tenant, Scope.Kind.PERSON, owner);
  }

  /** The scope of what comes from several people of a conversation. */
  public Scope conversation(String workspace, UUID conversation) {
    UUID tenant = scopes.workspace(workspace);
    Fingerprint owner = scopes.fingerprint(tenant, Domain.CONVERSATION, conversation.toString());
    return scopes.of(tenant, Scope.Kind.CONVERSATION, owner);
  }

  /** The scope of what belongs to the workspace of another scope as a whole. */
  public Scope data(Scope neighbour) {
    return scopes.of(neighbour.workspace(), Scope.Kind.DATA, Fingerprint.none());
  }

  /** The scope of what belongs to a workspace as a whole. */
  public Scope data(String workspace) {
    return scopes.of(scopes.workspace(workspace), Scope.Kind.DATA, Fingerprint.none());
  }

  /** The scope of what belongs to the operator. */
  public Scope installation() {
    return scopes.of(scopes.own(), Scope.Kind.INSTALLATION, Fingerprint.none());
  }

  /**
   * The scope that a row names.
   *
   * @throws IntegrityException there is none
   */
  public Scope scope(UUID id) {
    return scopes.byId(id);
  }

  /** Whether a scope was erased: what names it is none of the scope's successor. */
  public boolean isErased(UUID scope) {
    return scopes.erased(scope);
  }

  /** Our own id of a workspace, the same after every restart. */
  public UUID workspace(String workspace) {
    return scopes.workspace(workspace);
  }

  /** A new id, for a row that is to be sealed: UUIDv7. */
  public UUID newId() {
    return ids.next();
  }

  /** The blind index of some words in a workspace, to find again what has the same. */
  public Fingerprint fingerprint(String workspace, Domain domain, String... parts) {
    return scopes.fingerprint(scopes.workspace(workspace), domain, parts);
  }

  /** The blind index of some words that concern the installation as a whole. */
  public Fingerprint fingerprint(Domain domain, String... parts) {
    return scopes.fingerprint(scopes.own(), domain, parts);
  }

  /** What turns fingerprints into what stands in tables. */
  public BlindIndexes indexes() {
    return indexes;
  }

  /**
   * Seals a text for a cell, padded, under the active key of its scope. Store it within a minute
   * with its {@link Ciphertext#keyId}: later the key may be gone, and the foreign key refuses the
   * row. Half a surrogate pair, which UTF-8 cannot hold, becomes a question mark.
   *
   * @throws ErasedException the keys of the scope were destroyed
   * @throws IllegalArgumentException the text is longer than {@link #LIMIT}
   */
  public Ciphertext seal(Cell cell, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > LIMIT || !cell.scope().kind().seals()) {
      throw new IllegalArgumentException("a text too long, or a scope that seals no rows");
    }
    try {
      Aead key = keyring.active(cell.scope().id());
      return new Ciphertext(key.encrypt(Padding.pad(bytes), place(cell)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("sealing failed", e);
    }
  }

  /**
   * Opens what was sealed for this cell.
   *
   * @throws IntegrityException it was not: moved, altered, not sealed at all, or under an unknown
   *     key
   * @throws ErasedException the keys of the scope were destroyed
   */
  public String open(Cell cell, Ciphertext sealed) {
    if (!sealed.marked()) {
      throw IntegrityException.at(cell, "is not sealed");
    }
    try {
      byte[] padded = key(cell, sealed).decrypt(sealed.bytes(), place(cell));
      byte[] text =
          Padding.unpad(padded)
              .orElseThrow(() -> IntegrityException.at(cell, "is not padded as we pad"));
      return new String(text, StandardCharsets.UTF_8);
    } catch (GeneralSecurityException e) {
      throw IntegrityException.at(cell, "does not verify: moved or altered");
    }
  }

  private Aead key(Cell cell, Ciphertext sealed) {
    try {
      return keyring.key(cell.scope().id(), sealed.keyId());
    } catch (IntegrityException e) {
      throw IntegrityException.at(cell, "is under a key that is unknown or does not verify");
    }
  }

  private byte[] place(Cell cell) {
    return binding.ofValue(installation.id(), cell);
  }
}
