package dev.sotto.crypto;

import com.google.crypto.tink.prf.Prf;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Finds scopes by blind index and makes those that are new, each with its first key. What was found
 * is remembered as {@link Known} says.
 */
@Singleton
final class Scopes {
  private final Installation installation;
  private final Keyring keyring;
  private final KeyStore store;
  private final ScopeRows rows;
  private final Introduction introduction;
  private final BlindIndexes indexes;
  private final Ids ids;
  private final Clock clock;
  private final Known<String, UUID> workspaces;
  private final Known<Owner, Scope> byOwner;
  private final Known<UUID, Scope> byId;

  private record Owner(UUID parent, Scope.Kind kind, Fingerprint fingerprint) {}

  Scopes(
      Installation installation,
      Keyring keyring,
      KeyStore store,
      ScopeRows rows,
      Introduction introduction,
      BlindIndexes indexes,
      Ids ids,
      Clock clock,
      Caches caches) {
    this.installation = installation;
    this.keyring = keyring;
    this.store = store;
    this.rows = rows;
    this.introduction = introduction;
    this.indexes = indexes;
    this.ids = ids;
    this.clock = clock;
    this.workspaces = caches.known();
    this.byOwner = caches.known();
    this.byId = caches.known();
  }

  /** Our own id of a workspace, by its platform's. */
  UUID workspace(String workspace) {
    return workspaces.get(
        workspace,
        name -> {
          Fingerprint owner = fingerprint(own(), Domain.WORKSPACE, name);
          return of(installation.id(), Scope.Kind.WORKSPACE, owner).id();
        });
  }

  /** Our own id of a workspace that has keys already. */
  Optional<UUID> known(String workspace) {
    Fingerprint owner = fingerprint(own(), Domain.WORKSPACE, workspace);
    return find(new Owner(installation.id(), Scope.Kind.WORKSPACE, owner)).map(ScopeRow::id);
  }

  /** The scope of an owner in a workspace, if it was made. */
  Optional<Scope> known(UUID workspace, Scope.Kind kind, Fingerprint owner) {
    return find(new Owner(workspace, kind, owner)).map(ScopeRow::scope);
  }

  boolean erased(UUID id) {
    return rows.findById(id).filter(it -> it.erasedAt() != null).isPresent();
  }

  /** Lets go of what is remembered: something was erased. */
  void forgetAll() {
    workspaces.forgetAll();
    byOwner.forgetAll();
    byId.forgetAll();
  }

  /** The workspace, in the sense of the hierarchy, of the installation itself. */
  UUID own() {
    return of(installation.id(), Scope.Kind.WORKSPACE, Fingerprint.none()).id();
  }

  /** The scope of an owner in a workspace, made when new. */
  Scope of(UUID workspace, Scope.Kind kind, Fingerprint owner) {
    return byOwner.get(new Owner(workspace, kind, owner), this::obtain);
  }

  Scope byId(UUID id) {
    return byId.get(
        id,
        absent ->
            rows.findById(absent)
                .map(ScopeRow::scope)
                .orElseThrow(() -> new IntegrityException("integrity: unknown scope " + absent)));
  }

  /** The blind index of some words: HMAC-SHA256 over their count, lengths and bytes, cut to 16. */
  Fingerprint fingerprint(UUID workspace, Domain domain, String... parts) {
    Prf prf = keyring.index(of(workspace, Scope.Kind.INDEX, Fingerprint.none()).id());
    try {
      return new Fingerprint(prf.compute(encode(domain, parts), Fingerprint.SIZE));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("no fingerprint could be taken", e);
    }
  }

  private static byte[] encode(Domain domain, String... parts) {
    List<byte[]> texts =
        Arrays.stream(parts).map(part -> part.getBytes(StandardCharsets.UTF_8)).toList();
    int size = texts.stream().mapToInt(text -> Integer.BYTES + text.length).sum();
    ByteBuffer bytes = ByteBuffer.allocate(1 + Integer.BYTES + size);
    bytes.put(domain.id()).putInt(parts.length);
    texts.forEach(text -> bytes.putInt(text.length).put(text));
    return bytes.array();
  }

  /** Tries again where the scope was erased between two steps: then there is a new one. */
  private Scope obtain(Owner owner) {
    try {
      return findOrAdd(owner);
    } catch (ErasedException justNow) {
      return findOrAdd(owner);
    }
  }

  private Scope findOrAdd(Owner owner) {
    ScopeRow scope = find(owner).orElseGet(() -> add(owner));
    if (scope.kind().seals() && store.active(scope.id()).isEmpty()) {
      introduction.first(scope);
    }
    return scope.scope();
  }

  private ScopeRow add(Owner owner) {
    BlindIndexes.Forms forms = indexes.of(owner.fingerprint());
    ScopeRow scope =
        new ScopeRow(
            ids.next(), owner.parent(), owner.kind(), forms.written(), clock.instant(), null);
    return store.add(scope, keyring.make(scope), forms) ? scope : find(owner).orElseThrow();
  }

  private Optional<ScopeRow> find(Owner owner) {
    return rows.find(owner.parent(), owner.kind(), indexes.forms(owner.fingerprint())).stream()
        .findFirst();
  }
}
