package dev.sotto.crypto;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
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
  private final Scopes known;
  private final Optional<RootRotation> roots;
  private final Optional<AuditKeys> auditKeys;

  Keys(
      Installation installation,
      ScopeRows scopes,
      VersionRows versions,
      RotationRows rotations,
      SealedRows sealed,
      Rotator rotator,
      Scopes known,
      Optional<RootRotation> roots,
      Optional<AuditKeys> auditKeys) {
    this.installation = installation;
    this.scopes = scopes;
    this.versions = versions;
    this.rotations = rotations;
    this.sealed = sealed;
    this.rotator = rotator;
    this.known = known;
    this.roots = roots;
    this.auditKeys = auditKeys;
  }

  /** Whether this start was the first: keys were made, and the root key wants a backup. */
  public boolean created() {
    return installation.created();
  }

  /** Where the root key lies, such as {@code file:~/.config/sotto/root.key}. */
  public String rootKey() {
    return installation.root().location();
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

  /** {@link #rotate(KeyTarget, Progress)} of all keys. */
  public Rotation rotate(Progress progress) {
    return rotate(new KeyTarget.All(), progress);
  }

  /**
   * Gives every scope of the target a new key, seals its rows again under it and destroys the old
   * ones. Others may write meanwhile. May be cut off anywhere; called again it goes on. Takes some
   * seconds at least, on PostgreSQL a minute: old keys are kept until no replica can have them in
   * memory.
   *
   * @throws NoSuchKeysException the target names what has no keys here
   */
  public Rotation rotate(KeyTarget target, Progress progress) {
    return switch (target) {
      case KeyTarget.All _ -> rotator.rotate(_ -> true, progress);
      case KeyTarget.Workspace(String key) -> {
        UUID workspace =
            known
                .known(key)
                .orElseThrow(() -> new NoSuchKeysException("that workspace has no keys here"));
        yield rotator.rotate(scope -> scope.workspace().equals(workspace), progress);
      }
      case KeyTarget.OneScope(UUID id) -> {
        if (scopes.findById(id).isEmpty()) {
          throw new NoSuchKeysException("there is no scope " + id);
        }
        yield rotator.rotate(scope -> scope.id().equals(id), progress);
      }
      case KeyTarget.WorkspaceKeys _ ->
          throw new NoSuchKeysException("workspace keys cannot be replaced yet");
      case KeyTarget.Root(Optional<String> to) ->
          roots
              .orElseThrow(() -> new NoSuchKeysException("the root key cannot be replaced here"))
              .rotate(to, progress);
      case KeyTarget.AuditKey _ -> {
        auditKeys.orElseThrow(() -> new NoSuchKeysException("there is no audit log here")).rotate();
        yield Rotation.NOTHING;
      }
    };
  }

  /** How far the rotation is that has not finished, whichever process runs it. */
  public Optional<KeyProgress> progress() {
    return rotations.unfinished().stream()
        .findFirst()
        .map(run -> new KeyProgress("all", 0, sealed.pending(), run.startedAt()));
  }

  /** Finishes what was cut off, and destroys replaced keys that no row uses. */
  public Rotation retire(Progress progress) {
    return rotator.rotate(_ -> true, progress);
  }

  /** All keys, by what they are and their state. */
  public List<KeyLine> inventory() {
    return List.of();
  }

  /**
   * What {@link #emergency} would do. Changes nothing.
   *
   * @throws NoSuchKeysException the target names what has no keys here
   */
  public EmergencyPlan plan(KeyTarget target) {
    return new EmergencyPlan(new TreeMap<>(), 0, Duration.ZERO);
  }

  /**
   * Replaces keys that others know: as {@link #rotate(KeyTarget, Progress)}, but without pauses,
   * with the old keys marked as compromised, and with the keys above and below them.
   *
   * @throws NoSuchKeysException the target names what has no keys here
   */
  public Rotation emergency(KeyTarget target, Progress progress) {
    return rotate(target, progress);
  }
}
