package dev.sotto.crypto;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Turns fingerprints into what stands in tables, and back. Which keys there are is read from the
 * key store once in {@link Keyring#LIFE}; while one replaces another each fingerprint has two
 * forms, and both are looked for. Thread-safe.
 */
@Singleton
public class BlindIndexes {
  private final Installation installation;
  private final Keyring keyring;
  private final ScopeRows scopes;
  private final VersionRows versions;
  private final TombstoneRows tombstones;
  private final PlainRows plain;
  private final Grace grace;
  private final Clock clock;
  private final Known<UUID, IndexPhase> phase;

  BlindIndexes(
      Installation installation,
      Keyring keyring,
      ScopeRows scopes,
      VersionRows versions,
      TombstoneRows tombstones,
      PlainRows plain,
      Grace grace,
      Clock clock,
      Caches caches) {
    this.installation = installation;
    this.keyring = keyring;
    this.scopes = scopes;
    this.versions = versions;
    this.tombstones = tombstones;
    this.plain = plain;
    this.grace = grace;
    this.clock = clock;
    this.phase = caches.known();
  }

  /**
   * The forms of one fingerprint at one moment.
   *
   * @param all those in which it may stand, the one to be written first
   * @param reserved what {@link IndexGuard} holds while another process may write another form
   */
  public record Forms(List<BlindIndex> all, Optional<BlindIndex> reserved) {
    public Forms {
      all = List.copyOf(all);
    }

    /** The form to write. */
    public BlindIndex written() {
      return all.getFirst();
    }
  }

  /** All forms of a fingerprint. */
  public Forms of(Fingerprint fingerprint) {
    return fingerprint.equals(Fingerprint.none())
        ? new Forms(List.of(BlindIndex.none()), Optional.empty())
        : now().of(fingerprint);
  }

  /** The forms to look for. */
  public List<BlindIndex> forms(Fingerprint fingerprint) {
    return of(fingerprint).all();
  }

  /**
   * The fingerprint that stands in a table.
   *
   * @throws IntegrityException it is under a key that was destroyed, or is none
   */
  public Fingerprint fingerprint(BlindIndex index) {
    return permutation(index)
        .orElseThrow(() ->
            new IntegrityException(
                "integrity: a blind index is under key %d, which was destroyed or never was"
                    .formatted(index.keyId().orElse(0))))
        .undo(index);
  }

  /** Looks again where it is not known: another process may have begun with a new one. */
  private Optional<Permutation> permutation(BlindIndex index) {
    if (index.plain()) {
      return Optional.of(new Permutation.Plain());
    }
    return now()
        .of(index)
        .or(() -> {
          forget();
          return now().of(index);
        });
  }

  IndexPhase now() {
    return phase.get(installation.id(), _ -> read());
  }

  /** Lets go of what is remembered: this process has changed it. */
  void forget() {
    phase.forgetAll();
  }

  /** The scope of the keys that permute, if there is one. */
  Optional<ScopeRow> scope() {
    List<BlindIndex> none = List.of(BlindIndex.none());
    return scopes.find(installation.id(), Scope.Kind.WORKSPACE, none).stream()
        .flatMap(it -> scopes.find(it.id(), Scope.Kind.PERMUTATION, none).stream())
        .findFirst();
  }

  private IndexPhase read() {
    List<VersionRow> keys =
        scope().map(it -> versions.living(it.id())).orElse(List.of()).stream()
            .filter(it -> !buried(it))
            .sorted((a, b) -> Integer.compare(rank(a.state()), rank(b.state())))
            .toList();
    List<Permutation> all = new ArrayList<>(keys.stream().map(keyring::permutation).toList());
    boolean active = !keys.isEmpty() && keys.getFirst().state() == KeyState.ACTIVE;
    if (!active) {
      all.addFirst(new Permutation.Plain());
    } else if (plain.remain()) {
      all.add(new Permutation.Plain());
    }
    return new IndexPhase(all, reserved(keys, all));
  }

  /** A replaced one of which only the grave is not closed: nothing is under it. */
  private boolean buried(VersionRow key) {
    return switch (key.state()) {
      case DECRYPT_ONLY, COMPROMISED -> tombstones.count(key.scopeId(), key.keyId()) > 0;
      case PRE_ACTIVE, ACTIVE, DESTROYED -> false;
    };
  }

  /** A key that is coming, or one that came so shortly ago that others may not write it yet. */
  private Optional<Permutation> reserved(List<VersionRow> keys, List<Permutation> all) {
    Optional<VersionRow> coming =
        keys.stream().filter(it -> it.state() == KeyState.PRE_ACTIVE).findFirst();
    if (coming.isPresent()) {
      return coming.map(it -> named(it, all));
    }
    Instant since = clock.instant().minus(grace.time().multipliedBy(2));
    return keys.stream()
        .filter(it -> it.state() == KeyState.ACTIVE && all.size() > 1)
        .filter(it -> it.changedAt().isAfter(since))
        .findFirst()
        .map(it -> named(it, all));
  }

  private static Permutation named(VersionRow key, List<Permutation> all) {
    return all.stream()
        .filter(it -> it instanceof Permutation.Keyed keyed && keyed.id() == key.keyId())
        .findFirst()
        .orElseThrow();
  }

  private static int rank(KeyState state) {
    return switch (state) {
      case ACTIVE -> 0;
      case PRE_ACTIVE -> 1;
      case DECRYPT_ONLY -> 2;
      case COMPROMISED -> 3;
      case DESTROYED -> 4;
    };
  }
}
