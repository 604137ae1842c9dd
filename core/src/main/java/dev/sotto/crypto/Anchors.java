package dev.sotto.crypto;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.sotto.database.Flush;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The highest version that was seen of what is replaced in place, kept in the key store: who brings
 * back an older state of the data database is found out. A version is seen once it is committed,
 * and is written a second later at the most, {@value #BATCH} in a statement; what is not written
 * yet counts in this process, and is lost with it, which makes the anchor too low and never too
 * high. Another process may have a version for {@link Keyring#LIFE} before this one knows of it.
 * Thread-safe.
 */
@Singleton
public class Anchors implements AutoCloseable {
  /** What {@link #seen} says where there is no anchor. */
  public static final long ABSENT = -1;

  /** How many versions may wait to be written; then those who bring more write them. */
  static final int MOST = 20_000;

  static final int BATCH = 1_000;
  private static final List<Field> ANCHORED = List.of(Field.HEAD, Field.BINDING);
  private static final UUID FIRST = new UUID(0, 0);
  private static final int KNOWN = 50_000;
  private static final Duration EVERY = Duration.ofSeconds(1);
  private static final Logger LOG = LoggerFactory.getLogger(Anchors.class);

  private final Scopes scopes;
  private final AnchorRows rows;
  private final SubjectRows subjects;
  private final BlindIndexes indexes;
  private final Flush disk;
  private final Cache<Fingerprint, Long> known;
  private final Map<Fingerprint, Version> waiting = new ConcurrentHashMap<>();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("anchors-", 0).factory());

  private record Version(UUID workspace, long number) {}

  Anchors(
      Scopes scopes,
      AnchorRows rows,
      SubjectRows subjects,
      BlindIndexes indexes,
      Flush disk,
      Ticker ticker) {
    this.scopes = scopes;
    this.rows = rows;
    this.subjects = subjects;
    this.indexes = indexes;
    this.disk = disk;
    this.known =
        Caffeine.newBuilder()
            .maximumSize(KNOWN)
            .expireAfterWrite(Keyring.LIFE)
            .ticker(ticker)
            .build();
    var _ =
        thread.scheduleWithFixedDelay(
            this::attempt, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * The highest version seen so far, or {@link #ABSENT}. Ask before you read what it is about: a
   * version that is read later is never lower, unless somebody brought it back.
   *
   * @throws IntegrityException the anchor itself does not verify
   */
  public long seen(UUID workspace, Fingerprint subject) {
    Version unwritten = waiting.get(subject);
    Long written = known.getIfPresent(subject);
    if (written == null) {
      written = load(workspace, subject);
    }
    return Math.max(written, unwritten == null ? ABSENT : unwritten.number());
  }

  /** Readies an anchor at 0, before its subject is first stored. */
  public void plant(UUID workspace, Fingerprint subject) {
    rows.add(row(workspace, subject, 0));
    disk.keys();
    known.invalidate(subject);
  }

  /** Notes a version as soon as the transaction of the caller is committed. */
  public void follow(UUID workspace, Fingerprint subject, long version) {
    if (waiting.size() >= MOST) {
      flush();
    }
    subjects.afterCommit(() -> note(workspace, subject, version));
  }

  /** Writes a version that is committed, for good when it returns. */
  public void raise(UUID workspace, Fingerprint subject, long version) {
    disk.data();
    rows.add(row(workspace, subject, 0));
    rows.raise(each(workspace, subject, version));
    remember(subject, version);
  }

  /** Whether something was done once and for all in this installation. */
  public boolean marked(String deed) {
    return seen(scopes.own(), subject(deed)) > 0;
  }

  /** Writes down that something was done once and for all. */
  public void mark(String deed) {
    raise(scopes.own(), subject(deed), 1);
  }

  private Fingerprint subject(String deed) {
    return scopes.fingerprint(scopes.own(), Domain.ANCHOR, "mark", deed);
  }

  /**
   * Lets go of a subject that goes in the transaction of the caller, also of what {@link #follow}
   * was told of it there.
   */
  public void drop(Fingerprint subject) {
    rows.delete(indexes.forms(subject));
    forget(subject);
    subjects.afterCommit(() -> forget(subject));
  }

  /** As {@link #drop(Fingerprint)}; under a key that is gone it has no anchor that counts. */
  public void drop(BlindIndex subject) {
    try {
      drop(indexes.fingerprint(subject));
    } catch (IntegrityException e) {
      rows.delete(List.of(subject));
    }
  }

  private void forget(Fingerprint subject) {
    waiting.remove(subject);
    known.invalidate(subject);
  }

  /**
   * How many subjects stand lower than their anchors, without an anchor, or not at all in the data
   * database, and how many anchors do not verify.
   */
  public long gone() {
    flush();
    return eachSubject(this::lower) + eachAnchor(it -> verifies(it) && stands(it) ? 0 : 1);
  }

  /**
   * Takes what stands in the data database for true, also where it is older than what was seen:
   * after an administrator has restored it. Nobody else may be writing. Says how many anchors it
   * changed.
   */
  public long accept() {
    waiting.clear();
    long lowered = eachAnchor(it -> stands(it) ? 0 : rows.delete(List.of(it.subject())));
    long changed = lowered + eachSubject(this::set);
    known.invalidateAll();
    return changed;
  }

  private long eachSubject(ToLongFunction<SubjectRow> act) {
    long sum = 0;
    for (Field field : ANCHORED) {
      List<SubjectRow> page = subjects.after(field, FIRST);
      while (!page.isEmpty()) {
        sum += page.stream().mapToLong(act).sum();
        page = subjects.after(field, page.getLast().id());
      }
    }
    return sum;
  }

  private long eachAnchor(ToLongFunction<AnchorRow> act) {
    long sum = 0;
    List<AnchorRow> page = rows.after(new BlindIndex(new byte[0]));
    while (!page.isEmpty()) {
      sum += page.stream().mapToLong(act).sum();
      page = rows.after(page.getLast().subject());
    }
    return sum;
  }

  /** Reads the anchor first: what is read after it is never lower. */
  private long lower(SubjectRow row) {
    try {
      List<BlindIndex> forms = indexes.forms(indexes.fingerprint(row.subject()));
      OptionalLong anchor = rows.find(forms).stream().mapToLong(AnchorRow::version).max();
      return anchor.isPresent() && subjects.version(row.field(), forms) >= anchor.getAsLong()
          ? 0
          : 1;
    } catch (IntegrityException e) {
      return 1;
    }
  }

  /** What is of an erased workspace needs no anchor: it does not open, and is deleted. */
  private long set(SubjectRow row) {
    UUID scope = row.scope();
    if (scope == null) {
      return 0;
    }
    try {
      Fingerprint subject = indexes.fingerprint(row.subject());
      List<AnchorRow> anchors = each(scopes.byId(scope).workspace(), subject, row.version());
      int changed = rows.add(anchors.getFirst()) + anchors.stream().mapToInt(rows::set).sum();
      return Math.min(changed, 1);
    } catch (ErasedException | IntegrityException e) {
      return 0;
    }
  }

  private boolean verifies(AnchorRow row) {
    try {
      return verified(row.workspace(), row) >= 0;
    } catch (IntegrityException e) {
      return false;
    } catch (ErasedException e) {
      return true;
    }
  }

  /** One that is only planted need not stand yet. */
  private boolean stands(AnchorRow row) {
    return row.version() == 0 || isMark(row) || exists(row);
  }

  private boolean exists(AnchorRow row) {
    try {
      List<BlindIndex> forms = indexes.forms(indexes.fingerprint(row.subject()));
      return ANCHORED.stream().anyMatch(it -> subjects.exists(it, forms));
    } catch (IntegrityException e) {
      return false;
    }
  }

  private boolean isMark(AnchorRow row) {
    return row.workspace().equals(scopes.own());
  }

  /** Writes what waits. */
  public synchronized void flush() {
    while (!waiting.isEmpty()) {
      Map<Fingerprint, Version> batch = new HashMap<>();
      waiting.entrySet().stream().limit(BATCH).forEach(it -> batch.put(it.getKey(), it.getValue()));
      disk.data();
      rows.raise(
          batch.entrySet().stream()
              .flatMap(it -> living(it.getKey(), it.getValue()).stream())
              .toList());
      batch.forEach(waiting::remove);
    }
  }

  /** Empty where the workspace was erased meanwhile: nobody asks for its anchors any more. */
  private List<AnchorRow> living(Fingerprint subject, Version version) {
    try {
      return each(version.workspace(), subject, version.number());
    } catch (ErasedException e) {
      return List.of();
    }
  }

  /** Writes what waits, and ends. */
  @Override
  @PreDestroy
  public void close() {
    thread.shutdown();
    attempt();
  }

  private void note(UUID workspace, Fingerprint subject, long version) {
    waiting.merge(
        subject, new Version(workspace, version), (a, b) -> a.number() > b.number() ? a : b);
    remember(subject, version);
  }

  /** Only beside what was read: another process may have written a higher one. */
  private void remember(Fingerprint subject, long version) {
    known.asMap().computeIfPresent(subject, (_, before) -> Math.max(before, version));
  }

  /** That there is none is not remembered: another process may just be making it. */
  private long load(UUID workspace, Fingerprint subject) {
    long highest = ABSENT;
    for (AnchorRow row : rows.find(indexes.forms(subject))) {
      highest = Math.max(highest, verified(workspace, row));
    }
    if (highest != ABSENT) {
      known.asMap().merge(subject, highest, Math::max);
    }
    return highest;
  }

  private long verified(UUID workspace, AnchorRow row) {
    Fingerprint subject = indexes.fingerprint(row.subject());
    if (!indexes.fingerprint(row.proof()).equals(proof(workspace, subject, row.version()))) {
      throw new IntegrityException("integrity: an anchor does not verify");
    }
    return row.version();
  }

  /** As it is written now. */
  private AnchorRow row(UUID workspace, Fingerprint subject, long version) {
    return each(workspace, subject, version).getFirst();
  }

  /** In every form in which it may stand, as it is written first. */
  private List<AnchorRow> each(UUID workspace, Fingerprint subject, long version) {
    BlindIndex proof = indexes.of(proof(workspace, subject, version)).written();
    return indexes.forms(subject).stream()
        .map(it -> new AnchorRow(it, workspace, version, proof))
        .toList();
  }

  private Fingerprint proof(UUID workspace, Fingerprint subject, long version) {
    return scopes.fingerprint(workspace, Domain.ANCHOR, subject.key(), Long.toString(version));
  }

  /** The loop of a thread: what cannot be written now is written later. */
  private void attempt() {
    try {
      flush();
    } catch (RuntimeException e) {
      LOG.warn("{} anchors wait to be written: {}", waiting.size(), e.getClass().getName());
    }
  }
}
