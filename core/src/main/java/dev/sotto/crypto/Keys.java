package dev.sotto.crypto;

import jakarta.inject.Singleton;
import java.net.URI;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What an administrator sees of the keys and does with them. Thread-safe. */
@Singleton
public class Keys {
  private final Installation installation;
  private final ScopeRows scopes;
  private final VersionRows versions;
  private final RotationRows rotations;
  private final SealedRows sealed;
  private final Rotator rotator;

  Keys(
      Installation installation,
      ScopeRows scopes,
      VersionRows versions,
      RotationRows rotations,
      SealedRows sealed,
      Rotator rotator) {
    this.installation = installation;
    this.scopes = scopes;
    this.versions = versions;
    this.rotations = rotations;
    this.sealed = sealed;
    this.rotator = rotator;
  }

  /** Whether this start was the first: keys were made, and the root key wants a backup. */
  public boolean created() {
    return installation.created();
  }

  /** Where the root key lies, such as {@code file:~/.config/sotto/root.key}. */
  public String rootKey() {
    return installation.root().location();
  }

  /** The service that keeps the root key, if one does. */
  public Optional<URI> rootKeyService() {
    return installation.root().service();
  }

  public KeyStatus status() {
    return new KeyStatus(
        rootKey(),
        Arrays.stream(Scope.Kind.values())
            .collect(Collectors.toMap(Function.identity(), scopes::countByKind)),
        Arrays.stream(KeyState.values())
            .collect(Collectors.toMap(Function.identity(), versions::countByState)),
        versions.oldestActive(),
        sealed.pending(),
        !rotations.unfinished().isEmpty());
  }

  /**
   * Gives every scope that seals rows a new key, seals its rows again under it and destroys the old
   * ones. Others may write meanwhile. May be cut off anywhere; called again it goes on. Takes some
   * seconds at least, on PostgreSQL a minute: old keys are kept until no replica can have them in
   * memory.
   */
  public Rotation rotate(Progress progress) {
    return rotator.rotate(progress);
  }
}
