package dev.sotto.crypto;

import jakarta.inject.Singleton;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What an administrator sees of the keys and does with them. Thread-safe. */
@Singleton
public class Keys {
  private final Installation installation;
  private final ScopeRows scopes;
  private final VersionRows versions;
  private final SealedCountRows counts;
  private final IndexSurvey indexes;
  private final Runs runs;
  private final Rotations rotations;
  private final Survey survey;

  Keys(
      Installation installation,
      ScopeRows scopes,
      VersionRows versions,
      SealedCountRows counts,
      IndexSurvey indexes,
      Runs runs,
      Rotations rotations,
      Survey survey) {
    this.installation = installation;
    this.scopes = scopes;
    this.versions = versions;
    this.counts = counts;
    this.indexes = indexes;
    this.runs = runs;
    this.rotations = rotations;
    this.survey = survey;
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

  /**
   * Asks the key store.
   *
   * @throws RuntimeException it does not answer
   */
  public void reach() {
    var _ = installation.root();
  }

  /**
   * Asks the root key to open what it has wrapped.
   *
   * @throws RuntimeException it does not, or nobody can ask it
   */
  public void proveRootKey() {
    installation.prove();
  }

  public KeyStatus status() {
    return new KeyStatus(
        rootKey(),
        Arrays.stream(Scope.Kind.values())
            .collect(Collectors.toMap(Function.identity(), scopes::countByKind)),
        Arrays.stream(KeyState.values())
            .collect(Collectors.toMap(Function.identity(), versions::countByState)),
        versions.oldestActive(),
        counts.pending() + indexes.pending(),
        !runs.unfinished().isEmpty());
  }

  /** {@link #rotate(KeyTarget, Progress)} of all keys. */
  public Rotation rotate(Progress progress) {
    return rotate(new KeyTarget.All(), progress);
  }

  /**
   * Gives every scope of the target a new key, seals its rows again under it and destroys the old
   * ones. Others may write meanwhile. May be cut off anywhere; called again with the same target it
   * goes on. Leaves others two thirds of the databases' time. Takes some seconds at least, on
   * PostgreSQL a minute: old keys are kept until no replica can have them in memory.
   *
   * @throws NoSuchKeysException the target names what has no keys here
   * @throws java.util.concurrent.CancellationException the thread was interrupted
   */
  public Rotation rotate(KeyTarget target, Progress progress) {
    return rotations.rotate(target, progress);
  }

  /** How far the rotation is that has not finished, whichever process runs it. */
  public Optional<KeyProgress> progress() {
    return runs.progress();
  }

  /** Finishes what was cut off, and destroys replaced keys that no row uses. */
  public Rotation retire(Progress progress) {
    return rotations.retire(progress);
  }

  /** All keys, by what they are and their state. Counts rows, so it takes its time. */
  public List<KeyLine> inventory() {
    return survey.inventory();
  }

  /**
   * What {@link #emergency} would do. Changes nothing.
   *
   * @throws NoSuchKeysException the target names what has no keys here
   */
  public EmergencyPlan plan(KeyTarget target) {
    return survey.plan(rotations.aims(target));
  }

  /**
   * Replaces keys that others know: as {@link #rotate(KeyTarget, Progress)}, but without pauses,
   * with the old keys marked as compromised, and with all keys that could be read with them. With a
   * workspace goes the key that wraps its keys, with wrapping keys what they wrap, with the root
   * key everything, and with everything the index key.
   *
   * @throws NoSuchKeysException the target names what has no keys here
   * @throws java.util.concurrent.CancellationException the thread was interrupted
   */
  public Rotation emergency(KeyTarget target, Progress progress) {
    return rotations.emergency(target, progress);
  }
}
