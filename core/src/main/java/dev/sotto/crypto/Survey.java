package dev.sotto.crypto;

import com.github.benmanes.caffeine.cache.Ticker;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at keys and counts what is under them; changes nothing. */
@Singleton
final class Survey {
  private static final Logger LOG = LoggerFactory.getLogger(Survey.class);
  private static final int PAGE = 200;

  /** Opening and sealing is about this part of sealing again: reading and writing is the rest. */
  private static final double SAMPLED_PART = 0.2;

  /** Rows a second where nothing is there to be sampled: what is promised. */
  private static final double PROMISED = 3000;

  private final Installation installation;
  private final InstallationRows installations;
  private final ScopeRows scopes;
  private final VersionRows versions;
  private final SealedRows sealed;
  private final SealedCountRows counts;
  private final IndexSurvey indexes;
  private final Vault vault;
  private final Runs runs;
  private final Grace grace;
  private final Ticker ticker;

  Survey(
      Installation installation,
      InstallationRows installations,
      ScopeRows scopes,
      VersionRows versions,
      SealedRows sealed,
      SealedCountRows counts,
      IndexSurvey indexes,
      Vault vault,
      Runs runs,
      Grace grace,
      Ticker ticker) {
    this.installation = installation;
    this.installations = installations;
    this.scopes = scopes;
    this.versions = versions;
    this.sealed = sealed;
    this.counts = counts;
    this.indexes = indexes;
    this.vault = vault;
    this.runs = runs;
    this.grace = grace;
    this.ticker = ticker;
  }

  List<KeyLine> inventory() {
    Map<Scope.Kind, Map<KeyState, Long>> rows = rows();
    List<KeyLine> lines = new ArrayList<>();
    installations
        .findByOnlyOne(true)
        .map(row ->
            new KeyLine(
                "root",
                1,
                KeyState.ACTIVE,
                row.createdAt(),
                row.createdAt(),
                installation.root().location().replaceFirst(":.*", ""),
                "wraps the keys of workspaces",
                0))
        .ifPresent(lines::add);
    for (AgeRow age : versions.ages()) {
      long under = rows.getOrDefault(age.kind(), Map.of()).getOrDefault(age.state(), 0L);
      lines.add(line(age, under));
    }
    return List.copyOf(lines);
  }

  private static KeyLine line(AgeRow age, long rows) {
    Scope.Kind kind = age.kind();
    String name = kind.name().toLowerCase(Locale.ROOT);
    return new KeyLine(
        name,
        age.keys(),
        age.state(),
        age.oldest(),
        age.newest(),
        Tink.algorithm(kind),
        use(kind),
        rows);
  }

  private static String use(Scope.Kind kind) {
    return switch (kind) {
      case WORKSPACE -> "wraps the other keys of a workspace";
      case INDEX -> "finds platform ids again without keeping them";
      case PERSON -> "seals what a person wrote, and the replies to them";
      case CONVERSATION -> "seals what comes from several people";
      case DATA -> "seals what belongs to a workspace";
      case INSTALLATION -> "seals what belongs to the operator";
      case PERMUTATION -> "permutes those fingerprints as they stand in tables";
      case SIGNING -> "signs receipts of erasure";
    };
  }

  private Map<Scope.Kind, Map<KeyState, Long>> rows() {
    Map<Scope.Kind, Map<KeyState, Long>> sums = new EnumMap<>(Scope.Kind.class);
    for (Field field : Field.values()) {
      List<SealedCountRows.Count> found = counts.byState(field);
      for (int from = 0; from < found.size(); from += PAGE) {
        add(found.subList(from, Math.min(found.size(), from + PAGE)), sums);
      }
    }
    sums.put(Scope.Kind.PERMUTATION, indexes.byState());
    return sums;
  }

  private void add(List<SealedCountRows.Count> page, Map<Scope.Kind, Map<KeyState, Long>> sums) {
    List<UUID> ids = page.stream().map(SealedCountRows.Count::scope).distinct().toList();
    Map<UUID, Scope.Kind> kinds =
        scopes.findByIdIn(ids).stream().collect(Collectors.toMap(ScopeRow::id, ScopeRow::kind));
    for (SealedCountRows.Count count : page) {
      Scope.Kind kind = kinds.get(count.scope());
      if (kind != null) {
        sums.computeIfAbsent(kind, _ -> new EnumMap<>(KeyState.class))
            .merge(count.state(), count.rows(), Long::sum);
      }
    }
  }

  EmergencyPlan plan(List<Aim> aims) {
    SortedMap<String, Long> rows = new TreeMap<>();
    long keys = 0;
    List<UUID> some = List.of();
    for (Aim aim : aims) {
      if (aim.kind() == Aim.Kind.INDEX) {
        keys += scopes.countByKind(Scope.Kind.PERMUTATION);
        rows.putAll(indexes.byTable());
        continue;
      }
      List<UUID> page = inUse(aim, Aim.EVERY);
      while (!page.isEmpty()) {
        keys += page.size();
        if (!aim.wraps()) {
          count(page, rows);
          some = some.isEmpty() ? page : some;
        }
        page = inUse(aim, page.getLast());
      }
    }
    long sum = rows.values().stream().mapToLong(Long::longValue).sum();
    return new EmergencyPlan(rows, keys, grace.time().plus(estimate(sum, some)));
  }

  private List<UUID> inUse(Aim aim, UUID after) {
    return versions.inUse(after, aim.wraps(), aim.every(), aim.of());
  }

  private void count(List<UUID> scopes, SortedMap<String, Long> rows) {
    for (Field field : Field.values()) {
      rows.merge(field.table(), counts.of(field, scopes), Long::sum);
    }
  }

  private Duration estimate(long rows, List<UUID> scopes) {
    if (rows == 0) {
      return Duration.ZERO;
    }
    double rate = runs.rate().orElseGet(() -> sampled(scopes));
    return Duration.ofMillis((long) Math.ceil(rows * 1000 / rate));
  }

  /** Rows a second, from opening and sealing some of them and keeping nothing. */
  private double sampled(List<UUID> scopes) {
    if (scopes.isEmpty()) {
      return PROMISED;
    }
    List<Cell> opened = new ArrayList<>();
    long start = ticker.read();
    Arrays.stream(Field.values()).forEach(field -> sample(field, scopes, opened));
    double seconds = Math.max(1, ticker.read() - start) / (double) TimeUnit.SECONDS.toNanos(1);
    return Math.max(1, opened.size()) / seconds * SAMPLED_PART;
  }

  private void sample(Field field, List<UUID> scopes, List<Cell> opened) {
    for (SealedRows.SealedRow row : sealed.sample(field, scopes)) {
      Cell cell = new Cell(field, vault.scope(row.scope()), row.id(), row.version());
      try {
        vault.seal(cell, vault.open(cell, row.body()));
        opened.add(cell);
      } catch (IntegrityException | ErasedException unreadable) {
        LOG.warn("not in the sample: {}", unreadable.getMessage());
      }
    }
  }
}
