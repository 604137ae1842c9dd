package dev.sotto.slack;

import dev.sotto.chat.Address;
import dev.sotto.chat.ChatEvent;
import dev.sotto.chat.Inbox;
import dev.sotto.chat.InboxUnavailableException;
import dev.sotto.chat.Platform;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches what was written, rewritten or deleted while the bot was not there: Slack repeats an
 * event for some five minutes and no longer. The places are asked one after the other. One in which
 * something happens meanwhile is asked at once, and what happens waits for it, at most {@value
 * #PATIENCE_MILLIS} ms: then it has to be acknowledged. After a short loss, for which Slack makes
 * up, but late and out of order, only places are asked in which something happens meanwhile.
 */
final class SlackCatchUp implements AutoCloseable {
  static final long PATIENCE_MILLIS = 2_000;

  /** After this long Slack repeats nothing more. */
  static final Duration REPEATS = Duration.ofMinutes(6);

  /** At most so many threads in which the bot has not taken part. */
  private static final int STRANGE_THREADS = 1_000;

  private static final long FIRST_PAUSE_MILLIS = 100;
  private static final long LONGEST_PAUSE_MILLIS = 5_000;

  /** What is not there any more has nothing to tell. */
  private static final Set<String> GONE =
      Set.of("channel_not_found", "thread_not_found", "message_not_found");

  private static final Logger log = LoggerFactory.getLogger(SlackCatchUp.class);

  private final SlackHistory history;
  private final SlackPast past;
  private final Inbox inbox;
  private final Executor threads;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Map<Address, Fetch> waiting = new LinkedHashMap<>();
  private final Set<String> told = new HashSet<>();
  private final Duration repeats;
  private long planned;
  private boolean crawling;
  private int strange;

  SlackCatchUp(
      SlackHistory history, SlackPast past, Inbox inbox, Executor threads, Duration repeats) {
    this.history = history;
    this.past = past;
    this.inbox = inbox;
    this.threads = threads;
    this.repeats = repeats;
  }

  /**
   * Finds out what is known, before anything new is. What happens from now on in a place waits for
   * what was missed there.
   *
   * @throws SlackFailure the inbox cannot say it now
   */
  void plan() {
    try {
      plan(SlackMissed.plan(inbox.places(Platform.SLACK)));
    } catch (InboxUnavailableException _) {
      throw SlackFailure.of(
          "catch-up", SlackFailure.Kind.UNREACHED, "the inbox cannot say what it knows");
    }
  }

  /** What was to be asked for before, and was not yet, still is. */
  private synchronized void plan(List<SlackMissed> plan) {
    told.clear();
    strange = 0;
    planned = System.nanoTime();
    for (SlackMissed missed : plan) {
      Fetch before = waiting.get(missed.place());
      waiting.put(
          missed.place(),
          new Fetch(before == null ? missed : missed.butFrom(before.missed.known())));
    }
  }

  /** Asks for all that was planned. */
  void begin() {
    crawl(true);
    threads.execute(() -> {
      for (Optional<Fetch> next = next(); next.isPresent(); next = next()) {
        next.get().run();
      }
      crawl(false);
    });
  }

  private synchronized void crawl(boolean crawls) {
    crawling = crawls;
  }

  private synchronized Optional<Fetch> next() {
    return waiting.values().stream().filter(it -> !closed() && !it.begun.get()).findFirst();
  }

  /**
   * Returns when what was missed in the place of an event is kept, or patience has come to its end.
   */
  void precede(ChatEvent event) {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
    for (Address place : List.of(SlackMissed.channel(event.address()), event.address())) {
      find(place).ifPresent(fetch -> fetch.hurry(end));
    }
  }

  private synchronized Optional<Fetch> find(Address place) {
    if (!crawling && System.nanoTime() - planned > repeats.toNanos()) {
      waiting.clear();
    }
    return Optional.ofNullable(waiting.get(place));
  }

  private synchronized void done(Fetch fetch) {
    waiting.remove(fetch.missed.place(), fetch);
  }

  private boolean closed() {
    return closing.getCount() == 0;
  }

  @Override
  public void close() {
    closing.countDown();
    history.close();
  }

  /** One place, asked once. */
  private final class Fetch {
    private final SlackMissed missed;
    private final AtomicBoolean begun = new AtomicBoolean();
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean urgent;

    private Fetch(SlackMissed missed) {
      this.missed = missed;
    }

    private void hurry(long end) {
      urgent = true;
      threads.execute(this::run);
      try {
        boolean inTime = ended.await(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        log.debug("Slack: what was missed before is {}", inTime ? "kept" : "not yet kept");
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }

    private void run() {
      if (!begun.compareAndSet(false, true)) {
        return;
      }
      try {
        var messages = history.read(missed.place(), missed.asked(), () -> urgent);
        past.threads(missed, messages).forEach(SlackCatchUp.this::add);
        keep(past.news(missed, messages));
      } catch (SlackFailure e) {
        tell(missed.place(), e);
      } catch (RuntimeException e) {
        log.error(
            "Slack: what was missed in a place could not be kept ({})", e.getClass().getName());
      } finally {
        done(this);
        ended.countDown();
      }
    }
  }

  /** A message that is new has its new words already. */
  private void keep(List<ChatEvent> news) {
    Set<String> fresh = new HashSet<>();
    for (ChatEvent event : news) {
      switch (event) {
        case ChatEvent.Message it -> {
          if (accept(it) == Inbox.Receipt.ACCEPTED) {
            fresh.add(it.messageId());
          }
        }
        case ChatEvent.Edit it when fresh.contains(it.messageId()) -> {}
        case ChatEvent.Edit _, ChatEvent.Command _, ChatEvent.Deletion _ -> accept(event);
      }
    }
  }

  /** A thread that was not planned. */
  private synchronized void add(SlackMissed thread) {
    if (waiting.containsKey(thread.place())) {
      return;
    }
    strange++;
    if (strange <= STRANGE_THREADS) {
      waiting.put(thread.place(), new Fetch(thread));
    } else if (strange == STRANGE_THREADS + 1) {
      log.warn(
          "Slack: something was said in more than {} threads; the rest is not read",
          STRANGE_THREADS);
    }
  }

  /** Hands it in again while the inbox cannot keep it: nobody else repeats it. */
  private Inbox.Receipt accept(ChatEvent event) {
    long pause = FIRST_PAUSE_MILLIS;
    while (true) {
      try {
        return inbox.accept(event);
      } catch (InboxUnavailableException _) {
        pause(pause);
        pause = Math.min(pause * 2, LONGEST_PAUSE_MILLIS);
      }
    }
  }

  private void pause(long millis) {
    try {
      if (!closing.await(millis, TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    throw SlackFailure.of("catch-up", SlackFailure.Kind.UNREACHED, "closed");
  }

  /** Each reason once. */
  private synchronized void tell(Address place, SlackFailure failure) {
    String code = failure.code();
    if (closed() || GONE.contains(code) || !told.add(code)) {
      return;
    }
    String mend =
        switch (code) {
          case "missing_scope" -> SlackMend.missing(scope(place));
          case "not_in_channel" -> "the bot is not in the channel any more";
          default -> String.valueOf(failure.getMessage());
        };
    log.warn("Slack: what was missed in some places cannot be read: {}", mend);
  }

  private static String scope(Address place) {
    return place.kind() == Address.Kind.DIRECT ? "im:history" : "channels:history";
  }
}
