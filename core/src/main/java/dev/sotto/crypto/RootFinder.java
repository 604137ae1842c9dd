package dev.sotto.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sotto.crypto.Roots.Named;
import dev.sotto.crypto.root.RootKey;
import dev.sotto.crypto.root.RootKeyException;
import dev.sotto.crypto.root.RootKeys;
import dev.sotto.crypto.root.RootPlace;
import jakarta.inject.Singleton;
import java.security.GeneralSecurityException;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the root key of this data among those that a place holds, and the other one while it is
 * being replaced. An address in the key store is followed only if the key at hand opens it.
 */
@Singleton
class RootFinder {
  private static final Logger LOG = LoggerFactory.getLogger(RootFinder.class);

  private final RootKeys places;
  private final RootRows rows;
  private final Binding binding;

  RootFinder(RootKeys places, RootRows rows, Binding binding) {
    this.places = places;
    this.rows = rows;
    this.binding = binding;
  }

  /** For the first start, when there is no data. */
  RootKey create() {
    return places.openOrCreate(places.configured()).keys().getLast();
  }

  /**
   * The root key of data that exists, in the place that is configured.
   *
   * @throws RootKeyException it is not there
   */
  Roots open(InstallationRow row) {
    RootPlace place = places.open();
    Roots roots = among(row, place.keys());
    if (roots.before().isEmpty()) {
      tidy(roots, place);
    }
    return roots;
  }

  /** The root key after another process has replaced it, or has begun to. */
  Roots again(InstallationRow row, Roots known) {
    Set<RootKey> keys = new LinkedHashSet<>(places.open().keys());
    keys.addAll(known.keys());
    for (RootKey key : known.keys()) {
      rows.successor(key.id()).stream()
          .map(it -> places.open(opened(row, key, it)).keys())
          .forEach(keys::addAll);
    }
    return among(row, List.copyOf(keys));
  }

  /** By keys at hand. */
  private Roots among(InstallationRow row, List<RootKey> keys) {
    Optional<RootKey> current = proved(row, keys, row.proof());
    Optional<RootChangeRow> change = rows.change();
    if (change.isEmpty()) {
      RootKey key = current.orElseThrow(() -> wrong(row, keys));
      return new Roots(new Named(row.rootId(), key), Optional.empty());
    }
    RootChangeRow begun = change.get();
    Optional<RootKey> next = proved(row, keys, begun.nextProof());
    if (current.isEmpty() && next.isEmpty()) {
      throw wrong(row, keys);
    }
    RootKey before =
        current.orElseGet(
            () -> at(row, opened(row, next.orElseThrow(), begun.source()), row.proof()));
    RootKey after =
        next.orElseGet(() -> at(row, opened(row, before, begun.destination()), begun.nextProof()));
    return new Roots(
        new Named(begun.rootId(), after), Optional.of(new Named(row.rootId(), before)));
  }

  /**
   * The key that is to follow, kept for good when this returns. One that was made for a change that
   * was cut off before it was written down is taken up.
   */
  Named next(Named now, Optional<String> to) {
    String here = now.key().location();
    RootPlace place =
        to.filter(it -> !it.equals(here))
            .map(places::openOrCreate)
            .orElseGet(() -> places.open(here));
    RootKey newest = place.keys().getLast();
    if (newest.service().isPresent()) {
      return new Named(versioned(now.id(), newest.id()), newest);
    }
    Set<String> used = new HashSet<>(rows.former());
    used.add(now.id());
    boolean stays = place.location().equals(here);
    RootKey next = stays && used.contains(newest.id()) ? place.add() : newest;
    return new Named(next.id(), next);
  }

  /** The service makes its own versions; what is wrapped by the newest gets a name of its own. */
  private static String versioned(String before, String address) {
    if (before.equals(address)) {
      return address + "#2";
    }
    String prefix = address + "#";
    return before.startsWith(prefix)
        ? prefix + (Integer.parseInt(before.substring(prefix.length())) + 1)
        : address;
  }

  /** Lets go of the keys beside the root key that were replaced and wrap nothing any more. */
  void tidy(Roots roots) {
    tidy(roots, places.open(roots.location()));
  }

  private void tidy(Roots roots, RootPlace place) {
    Set<String> former = new HashSet<>(rows.former());
    former.remove(roots.id());
    former.retainAll(place.keys().stream().map(RootKey::id).toList());
    if (former.isEmpty() || !place.location().equals(roots.location())) {
      return;
    }
    try {
      place.drop(former);
    } catch (RootKeyException e) {
      LOG.warn("a former root key stays in its place: {}", e.getMessage());
    }
  }

  Ciphertext proof(UUID installation, RootKey key) {
    byte[] proof = key.wrap(new byte[0], binding.ofProof(installation));
    return new Ciphertext(proof);
  }

  Ciphertext sealed(InstallationRow row, RootKey key, String address) {
    return new Ciphertext(key.wrap(address.getBytes(UTF_8), binding.ofMove(row.id())));
  }

  private String opened(InstallationRow row, RootKey key, Ciphertext address) {
    try {
      return new String(key.unwrap(address.bytes(), binding.ofMove(row.id())), UTF_8);
    } catch (GeneralSecurityException e) {
      throw new RootKeyException("integrity: the change of it that was begun does not verify", e);
    }
  }

  private RootKey at(InstallationRow row, String address, Ciphertext proof) {
    return proved(row, places.open(address).keys(), proof)
        .orElseThrow(() ->
            new RootKeyException(address + " does not hold the key that it held; restore it"));
  }

  /**
   * Opens the proof again.
   *
   * @throws RootKeyException none of the keys is the one that it was made with
   */
  void prove(InstallationRow row, Roots roots) {
    if (proved(row, roots.keys(), row.proof()).isEmpty()) {
      throw wrong(row, roots.keys());
    }
  }

  private Optional<RootKey> proved(InstallationRow row, List<RootKey> keys, Ciphertext proof) {
    return keys.stream().filter(it -> proves(row, it, proof)).findFirst();
  }

  private boolean proves(InstallationRow row, RootKey key, Ciphertext proof) {
    try {
      key.unwrap(proof.bytes(), binding.ofProof(row.id()));
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private RootKeyException wrong(InstallationRow row, List<RootKey> keys) {
    String here = keys.getFirst().location();
    return keys.stream()
        .flatMap(key -> rows.successor(key.id()).stream().map(it -> opened(row, key, it)))
        .findFirst()
        .map(it ->
            it.equals(here)
                ? here + " holds a former root key only; restore the newer one to that place"
                : here + " was left: it is now at " + it + "; set sotto.root-key to that")
        .map(RootKeyException::new)
        .orElseGet(
            () -> new RootKeyException(here + " is not the key that this data was sealed with"));
  }
}
