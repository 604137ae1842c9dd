package dev.sotto.crypto;

import dev.sotto.crypto.RewrapRows.Rewrap;
import dev.sotto.crypto.Roots.Named;
import dev.sotto.crypto.root.RootKey;
import io.micronaut.data.exceptions.DataAccessException;
import jakarta.inject.Singleton;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replaces the root key while others work: by a new one in the same place, or by one in another. A
 * workspace's key is exchanged only while it is what was read, and only for what was seen to open;
 * the old root key is let go of when the database has proved that it wraps nothing. May be cut off
 * anywhere; called again, it goes on. The new root key wants a backup.
 */
@Singleton
final class RootReplacement implements RootRotation {
  private static final Logger LOG = LoggerFactory.getLogger(RootReplacement.class);
  private static final UUID FIRST = new UUID(0, 0);
  private static final int ROUNDS = 10;
  private static final int AT_ONCE = 8;

  /** A wrapped key and whose it is. */
  private record Wrapped(VersionRow version, ScopeRow owner) {}

  private final Installation installation;
  private final RootSteps steps;
  private final RootFinder finder;
  private final RootRows rows;
  private final RewrapRows rewraps;
  private final Binding binding;
  private final List<RootWrapped> others;
  private final List<KeyLedger> ledgers;

  RootReplacement(
      Installation installation,
      RootSteps steps,
      RootFinder finder,
      RootRows rows,
      RewrapRows rewraps,
      Binding binding,
      List<RootWrapped> others,
      List<KeyLedger> ledgers) {
    this.installation = installation;
    this.steps = steps;
    this.finder = finder;
    this.rows = rows;
    this.rewraps = rewraps;
    this.binding = binding;
    this.others = List.copyOf(others);
    this.ledgers = List.copyOf(ledgers);
  }

  @Override
  public Rotation rotate(Optional<String> to, Progress progress) {
    Roots roots = steps.begin(to);
    installation.use(roots);
    Rotation sum = Rotation.NOTHING;
    for (int round = 1; round <= ROUNDS && sum.unreadable() == 0; round++) {
      sum = sum.plus(rewrap(roots, progress));
      if (sum.unreadable() == 0 && finished(roots, sum.rows())) {
        return sum.plus(new Rotation(0, 0, let(roots), 0, 0));
      }
    }
    LOG.warn("root key: the former one still wraps something and is kept; rotate it again");
    return sum.plus(new Rotation(0, 0, 0, 1, 0));
  }

  private boolean finished(Roots roots, long keys) {
    if (unreadable(roots) > 0 || rows.wrappedBy(roots.before().orElseThrow().id()) > 0) {
      return false;
    }
    Roots alone = new Roots(roots.now(), Optional.empty());
    int beside = others.stream().mapToInt(it -> it.rewrap(roots, alone)).sum();
    UUID id = installation.id();
    KeyDeed deed =
        new KeyDeed(KeyDeed.Act.ROOT_REPLACED, id, Scope.Kind.INSTALLATION, 0, keys + beside);
    ledgers.forEach(it -> it.record(deed));
    try {
      return steps.finish(roots);
    } catch (DataAccessException wrappedMeanwhile) {
      return false;
    }
  }

  private int let(Roots roots) {
    Roots alone = new Roots(roots.now(), Optional.empty());
    installation.use(alone);
    LOG.warn("root key: it is a new one now, at {}: back it up", alone.location());
    finder.tidy(alone);
    return 1;
  }

  private Rotation rewrap(Roots roots, Progress progress) {
    Named before = roots.before().orElseThrow();
    long total = rows.wrappedBy(before.id());
    long replaced = 0;
    long unreadable = 0;
    List<Wrapped> page = wrapped(before.id(), FIRST);
    for (long seen = 0;
        !page.isEmpty();
        page = wrapped(before.id(), page.getLast().version().scopeId())) {
      List<Optional<Rewrap>> changes = inParallel(page, it -> again(roots, it));
      List<Rewrap> readable = changes.stream().flatMap(Optional::stream).toList();
      replaced += rewraps.replace(roots.id(), readable);
      unreadable += changes.size() - readable.size();
      seen += page.size();
      progress.advance(Math.min(seen, total), total);
    }
    return new Rotation(0, replaced, 0, 0, unreadable);
  }

  private Optional<Rewrap> again(Roots roots, Wrapped old) {
    try {
      byte[] place = place(old);
      RootKey next = roots.now().key();
      byte[] secret = roots.reversed().unwrap(bytes(old.version()), place);
      byte[] wrapped = next.wrap(secret, place);
      if (MessageDigest.isEqual(secret, next.unwrap(wrapped, place))) {
        return Optional.of(new Rewrap(old.version(), new Ciphertext(wrapped)));
      }
    } catch (GeneralSecurityException e) {
      return broken(old.version());
    }
    throw new IllegalStateException("what was wrapped is not what was to be wrapped");
  }

  /** Keys that the new root key alone does not open: seen before the old one is let go of. */
  private long unreadable(Roots roots) {
    long unreadable = 0;
    List<Wrapped> page = wrapped(roots.id(), FIRST);
    for (; !page.isEmpty(); page = wrapped(roots.id(), page.getLast().version().scopeId())) {
      unreadable +=
          inParallel(page, it -> opens(roots.now().key(), it)).stream().filter(it -> !it).count();
    }
    return unreadable;
  }

  private boolean opens(RootKey key, Wrapped wrapped) {
    try {
      key.unwrap(bytes(wrapped.version()), place(wrapped));
      return true;
    } catch (GeneralSecurityException e) {
      return broken(wrapped.version()).isPresent();
    }
  }

  private static <T> Optional<T> broken(VersionRow version) {
    LOG.error(
        "integrity: key {} of workspace {} does not verify", version.keyId(), version.scopeId());
    return Optional.empty();
  }

  private List<Wrapped> wrapped(String root, UUID after) {
    List<VersionRow> page = whole(rows.wrapped(root, after));
    if (page.isEmpty()) {
      return List.of();
    }
    Map<UUID, ScopeRow> owners =
        rows.workspaces(after, page.getLast().scopeId()).stream()
            .collect(Collectors.toMap(ScopeRow::id, Function.identity()));
    return page.stream().map(it -> wrapped(it, owners.get(it.scopeId()))).toList();
  }

  /** Without the last workspace of a full page, of which there may be more on the next. */
  private static List<VersionRow> whole(List<VersionRow> page) {
    if (page.size() < RootRows.PAGE) {
      return page;
    }
    UUID last = page.getLast().scopeId();
    return page.stream().filter(it -> !it.scopeId().equals(last)).toList();
  }

  private static Wrapped wrapped(VersionRow version, @Nullable ScopeRow owner) {
    if (owner == null) {
      throw new IllegalStateException("a key without a scope");
    }
    return new Wrapped(version, owner);
  }

  private byte[] place(Wrapped wrapped) {
    return binding.ofKey(installation.id(), wrapped.owner(), wrapped.version().keyId());
  }

  private static byte[] bytes(VersionRow version) throws GeneralSecurityException {
    Ciphertext wrapped = version.wrapped();
    if (wrapped == null) {
      throw new GeneralSecurityException("destroyed");
    }
    return wrapped.bytes();
  }

  private static <T> List<T> inParallel(List<Wrapped> page, Function<Wrapped, T> work) {
    try (ExecutorService threads =
        Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory())) {
      List<T> results = new ArrayList<>(page.size());
      for (Future<T> each :
          page.stream().map(it -> threads.submit(() -> work.apply(it))).toList()) {
        results.add(each.get());
      }
      return results;
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted; the next rotation goes on", e);
    }
  }
}
