package dev.sotto.crypto;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;

/** Which runs an administrator's word means, and in which order. */
@Singleton
final class Rotations {
  private final Rotator rotator;
  private final IndexRotation indexes;
  private final Runs runs;
  private final Scopes scopes;
  private final ScopeRows rows;
  private final Optional<RootRotation> roots;
  private final Optional<AuditKeys> auditKeys;

  Rotations(
      Rotator rotator,
      IndexRotation indexes,
      Runs runs,
      Scopes scopes,
      ScopeRows rows,
      Optional<RootRotation> roots,
      Optional<AuditKeys> auditKeys) {
    this.rotator = rotator;
    this.indexes = indexes;
    this.runs = runs;
    this.scopes = scopes;
    this.rows = rows;
    this.roots = roots;
    this.auditKeys = auditKeys;
  }

  Rotation rotate(KeyTarget target, Progress progress) {
    return switch (target) {
      case KeyTarget.All _ -> rotate(Aim.ALL, progress);
      case KeyTarget.Workspace(String key) -> rotate(Aim.workspace(workspace(key)), progress);
      case KeyTarget.OneScope(UUID scope) -> rotate(scope(scope), progress);
      case KeyTarget.WorkspaceKeys _ -> rotate(Aim.WORKSPACE_KEYS, progress);
      case KeyTarget.Root(Optional<String> to) -> replaceRoot(to, progress);
      case KeyTarget.IndexKey _ -> rotate(Aim.INDEX, progress);
      case KeyTarget.AuditKey _ -> replaceAuditKey();
    };
  }

  /** All runs are written down before the first begins, so that none is forgotten after a crash. */
  Rotation emergency(KeyTarget target, Progress progress) {
    List<RotationRow> begun = aims(target).stream().map(aim -> runs.open(aim, true)).toList();
    Rotation first =
        switch (target) {
          case KeyTarget.Root(Optional<String> to) -> replaceRoot(to, progress);
          case KeyTarget.AuditKey _ -> replaceAuditKey();
          case KeyTarget.All _,
              KeyTarget.Workspace _,
              KeyTarget.OneScope _,
              KeyTarget.WorkspaceKeys _,
              KeyTarget.IndexKey _ ->
              Rotation.NOTHING;
        };
    return each(begun, this::rotate, progress).plus(first);
  }

  /** Goes on with all that was begun, and then looks for what else no row uses. */
  Rotation retire(Progress progress) {
    Rotation begun = each(runs.unfinished(), this::rotate, progress);
    List<RotationRow> sweep = List.of(runs.unwritten(Aim.ALL), runs.unwritten(Aim.WORKSPACE_KEYS));
    return each(sweep, rotator::retire, progress)
        .plus(indexes.retire(runs.unwritten(Aim.INDEX), progress))
        .plus(begun);
  }

  /** Whose keys an emergency replaces, those that wrap before those that are wrapped. */
  List<Aim> aims(KeyTarget target) {
    return switch (target) {
      case KeyTarget.All _, KeyTarget.WorkspaceKeys _, KeyTarget.Root _ ->
          List.of(Aim.WORKSPACE_KEYS, Aim.ALL, Aim.INDEX);
      case KeyTarget.Workspace(String key) -> {
        UUID workspace = workspace(key);
        yield List.of(Aim.wrapperOf(workspace), Aim.workspace(workspace));
      }
      case KeyTarget.OneScope(UUID scope) -> List.of(scope(scope));
      case KeyTarget.IndexKey _ -> List.of(Aim.INDEX);
      case KeyTarget.AuditKey _ -> List.of();
    };
  }

  private Rotation rotate(Aim aim, Progress progress) {
    return rotate(runs.open(aim, false), progress);
  }

  private Rotation rotate(RotationRow run, Progress progress) {
    return run.aim() == Aim.Kind.INDEX
        ? indexes.rotate(run, progress)
        : rotator.rotate(run, progress);
  }

  private static Rotation each(
      List<RotationRow> begun,
      BiFunction<RotationRow, Progress, Rotation> work,
      Progress progress) {
    Rotation sum = Rotation.NOTHING;
    for (RotationRow run : begun) {
      sum = sum.plus(work.apply(run, progress));
    }
    return sum;
  }

  private Rotation replaceRoot(Optional<String> to, Progress progress) {
    return roots
        .orElseThrow(() -> new NoSuchKeysException("the root key cannot be replaced here"))
        .rotate(to, progress);
  }

  private Rotation replaceAuditKey() {
    auditKeys.orElseThrow(() -> new NoSuchKeysException("there is no audit log here")).rotate();
    return Rotation.NOTHING;
  }

  private UUID workspace(String key) {
    return scopes
        .known(key)
        .orElseThrow(() -> new NoSuchKeysException("that workspace has no keys here"));
  }

  private Aim scope(UUID id) {
    return rows.findById(id)
        .filter(row -> row.kind().seals())
        .map(row -> Aim.scope(row.id()))
        .orElseThrow(() -> new NoSuchKeysException("no rows are sealed for a scope " + id));
  }
}
