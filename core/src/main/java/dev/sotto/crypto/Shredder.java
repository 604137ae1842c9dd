package dev.sotto.crypto;

import dev.sotto.database.Flush;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Destroys the keys of a person, a conversation or a workspace, and keeps account of it until their
 * rows are gone too. What was begun is completed, also after a crash: every step may be taken
 * again. Nothing of an erased scope opens from then on: here at once, in other processes within
 * about a second; whoever comes back gets a new scope.
 */
@Singleton
public class Shredder {
  private static final UUID FIRST = new UUID(0, 0);

  private final Installation installation;
  private final Scopes scopes;
  private final Vault vault;
  private final Keyring keyring;
  private final ScopeRows rows;
  private final ErasureRows erasures;
  private final ShredRows shredding;
  private final RemainRows remains;
  private final EpochWatch watch;
  private final List<KeyLedger> ledgers;
  private final Flush flush;
  private final Clock clock;

  Shredder(
      Installation installation,
      Scopes scopes,
      Vault vault,
      Keyring keyring,
      ScopeRows rows,
      ErasureRows erasures,
      ShredRows shredding,
      RemainRows remains,
      EpochWatch watch,
      CompactionRows atTheEnd,
      List<KeyLedger> ledgers,
      Flush flush,
      Clock clock) {
    this.installation = installation;
    this.scopes = scopes;
    this.vault = vault;
    this.keyring = keyring;
    this.rows = rows;
    this.erasures = erasures;
    this.shredding = shredding;
    this.remains = remains;
    this.watch = watch;
    this.ledgers = List.copyOf(ledgers);
    this.flush = flush;
    this.clock = clock;
  }

  /** Destroys the keys of a person of a workspace; empty if there are none. */
  public Optional<Erased> person(String workspace, String person) {
    return scopes
        .known(workspace)
        .flatMap(it ->
            scopes.known(it, Scope.Kind.PERSON, scopes.fingerprint(it, Domain.PERSON, person)))
        .map(it -> erase(it, null));
  }

  /** Destroys the keys of what was derived from a conversation of several people. */
  public Erased conversation(String workspace, UUID conversation) {
    return erase(vault.conversation(workspace, conversation), conversation);
  }

  /** Destroys the keys of a workspace and all under it; empty if there are none. */
  public Optional<Erased> workspace(String workspace) {
    return scopes
        .known(workspace)
        .map(it -> erase(new Scope(it, Scope.Kind.WORKSPACE, installation.id()), null));
  }

  /** The erasures that were begun and have not finished, with their keys destroyed. */
  public List<Erased> unfinished() {
    return erasures.unfinished().stream().map(this::destroy).toList();
  }

  /** What an erasure reaches and rows can still name, 200 scopes at most. */
  public List<Scope> remaining(Erased erased, Optional<Scope> after) {
    return switch (erased.scope().kind()) {
      case WORKSPACE -> under(erased.scope().id(), after.map(Scope::id).orElse(FIRST));
      case PERSON, CONVERSATION, DATA, INDEX, INSTALLATION, SIGNING, PERMUTATION ->
          after.isPresent() ? List.of() : List.of(erased.scope());
    };
  }

  /** Erased scopes that rows can name again: older data was put back. */
  public List<Scope> restored() {
    List<Scope> found = new ArrayList<>();
    List<ScopeRow> page = rows.erased(FIRST);
    while (!page.isEmpty()) {
      List<UUID> named = remains.named(page.stream().map(ScopeRow::id).toList());
      page.stream().map(ScopeRow::scope).filter(it -> named.contains(it.id())).forEach(found::add);
      page = rows.erased(page.getLast().id());
    }
    return found;
  }

  /** Our ids of conversations that were erased, 500 at most in their order; the first without. */
  public List<UUID> conversations(Optional<UUID> after) {
    return erasures.subjects(after.orElse(FIRST));
  }

  /**
   * Destroys the keys of what was derived from a conversation that an erased person was part of.
   */
  public void dependent(Scope person, UUID conversation) {
    try {
      Fingerprint owner =
          scopes.fingerprint(person.workspace(), Domain.CONVERSATION, conversation.toString());
      scopes
          .known(person.workspace(), Scope.Kind.CONVERSATION, owner)
          .ifPresent(it -> {
            tell(it, 1);
            shredding.destroy(it);
            flush.keys();
            watch.forgetAll();
          });
    } catch (ErasedException withItsWorkspace) {
      // There is nothing left to destroy.
    }
  }

  /** Takes away so many rows of a table at most, each in the way of its table; how many it were. */
  public int remove(Field field, Scope scope, int most) {
    return remains.remove(field, scope.id(), most);
  }

  /** From now on no row can name the scope; false while one does. */
  public boolean release(Scope scope) {
    return remains.release(scope.id());
  }

  /** How many rows of all tables are sealed for these. */
  public long count(List<Scope> scopes) {
    return scopes.isEmpty() ? 0 : remains.count(scopes.stream().map(Scope::id).toList());
  }

  /** Keeps how many rows there were; the first count holds. */
  public void counted(Erased erased, long count) {
    erasures.counted(erased.id(), count);
  }

  /** Ends an erasure whose rows are gone. Whoever ends it again gets the same receipt. */
  public Receipt finish(Erased erased) {
    erasures.finish(erased.id(), clock.instant());
    return receipt(erasures.findByScopeId(erased.scope().id()).orElseThrow());
  }

  /** Of all erasures that have finished. */
  public List<Receipt> receipts() {
    return erasures.finished().stream().map(this::receipt).toList();
  }

  /** What verifies a receipt, in PEM. */
  public String publicKey() {
    return Receipt.pem(signer().publicKey());
  }

  private Erased erase(Scope scope, @Nullable UUID subject) {
    erasures.begin(vault.newId(), scope.id(), scope.kind(), subject, clock.instant());
    return destroy(erasures.findByScopeId(scope.id()).orElseThrow());
  }

  private Erased destroy(ErasureRow erasure) {
    Scope scope = rows.findById(erasure.scopeId()).orElseThrow().scope();
    if (erasure.destroyedAt() == null) {
      tell(scope, scopeCount(scope));
      shredding.destroy(erasure);
      flush.keys();
      watch.forgetAll();
    }
    return new Erased(
        erasure.id(),
        scope,
        Optional.ofNullable(erasure.subject()),
        Optional.ofNullable(erasure.rowCount()));
  }

  private long scopeCount(Scope scope) {
    return scope.kind() == Scope.Kind.WORKSPACE ? 1 + rows.countByParentId(scope.id()) : 1;
  }

  private void tell(Scope scope, long scopes) {
    ledgers.forEach(
        it -> it.record(new KeyDeed(KeyDeed.Act.ERASED, scope.id(), scope.kind(), 0, scopes)));
  }

  private List<Scope> under(UUID workspace, UUID after) {
    UUID last = after;
    while (true) {
      List<ScopeRow> page = rows.under(workspace, last);
      List<UUID> named = remains.named(page.stream().map(ScopeRow::id).toList());
      if (page.isEmpty() || !named.isEmpty()) {
        return page.stream().map(ScopeRow::scope).filter(it -> named.contains(it.id())).toList();
      }
      last = page.getLast().id();
    }
  }

  private Receipt receipt(ErasureRow erasure) {
    return Receipt.of(erasure, installation.id(), signer());
  }

  private Signer signer() {
    return keyring.signer(scopes.of(scopes.own(), Scope.Kind.SIGNING, Fingerprint.none()).id());
  }
}
