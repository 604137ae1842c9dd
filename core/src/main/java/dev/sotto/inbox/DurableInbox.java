package dev.sotto.inbox;

import dev.sotto.chat.ChatEvent;
import dev.sotto.chat.ChatPlatform;
import dev.sotto.chat.Inbox;
import dev.sotto.chat.InboxUnavailableException;
import dev.sotto.chat.Platform;
import dev.sotto.crypto.ErasedException;
import dev.sotto.database.Flush;
import dev.sotto.telemetry.Step;
import dev.sotto.telemetry.Telemetry;
import dev.sotto.telemetry.Timing;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The inbox in the database. What is accepted is on the disk, and is answered once, in the order of
 * its place, also after a crash: what is not done is taken up again by {@link #start}.
 */
@Singleton
public class DurableInbox implements Inbox {
  private static final Logger LOG = LoggerFactory.getLogger(DurableInbox.class);

  /** How long a repeat is recognised. */
  static final Duration RECOGNISED = Duration.ofDays(3);

  private static final Duration GRACE = Duration.ofSeconds(3);

  private final Places places;
  private final Events events;
  private final Admission admission;
  private final EventRouter router;
  private final Replica replica;
  private final Lanes lanes;
  private final Flush flush;
  private final Telemetry telemetry;

  DurableInbox(
      Places places,
      Events events,
      Admission admission,
      EventRouter router,
      Worker worker,
      Leases leases,
      Replica replica,
      Flush flush,
      Telemetry telemetry) {
    this.places = places;
    this.events = events;
    this.admission = admission;
    this.router = router;
    this.replica = replica;
    this.flush = flush;
    this.lanes = new Lanes(leases, worker);
    this.telemetry = telemetry;
  }

  /** Takes up, now and from now on, what others left, to be shown through these platforms. */
  public void start(Collection<ChatPlatform> platforms) {
    router.connect(platforms);
    replica.start();
    int old = events.deleteClosed(RECOGNISED);
    LOG.info("inbox: {} places taken up again, {} old events let go", lanes.start(), old);
  }

  @Override
  public Receipt accept(ChatEvent event) {
    try (Timing timing = telemetry.begin(Step.ACCEPT, event.address().workspace().platform())) {
      Receipt receipt = take(event);
      if (receipt != Receipt.IGNORED) {
        flush.all();
      }
      timing.outcome(receipt);
      return receipt;
    } catch (RuntimeException e) {
      throw new InboxUnavailableException(
          "an event could not be kept (" + e.getClass().getSimpleName() + ")", e);
    }
  }

  /** Tries again when the person or the workspace was erased just now: this comes after it. */
  private Receipt take(ChatEvent event) {
    try {
      return taken(event);
    } catch (ErasedException justNow) {
      return taken(event);
    }
  }

  private Receipt taken(ChatEvent event) {
    return switch (event) {
      case ChatEvent.Message it -> message(it);
      case ChatEvent.Command it -> keep(places.find(it).orElseGet(() -> places.join(it)), it);
      case ChatEvent.Edit it -> edit(it);
      case ChatEvent.Deletion it -> delete(it);
    };
  }

  @Override
  public List<Seen> places(Platform platform) {
    try {
      return places.seen(platform, 1_000);
    } catch (RuntimeException e) {
      throw new InboxUnavailableException(
          "the places could not be read (" + e.getClass().getSimpleName() + ")", e);
    }
  }

  /** How many events wait or are being answered, in this program and in others beside it. */
  public long waiting() {
    return events.waiting();
  }

  /** How long ago this program last looked for what others left; it does twice a second. */
  public Duration sinceLastLook() {
    return lanes.sinceLastLook();
  }

  /**
   * Ends within 4 seconds, and takes nothing from then on; what is not done is taken up by another,
   * or at the next start.
   */
  public void close() {
    lanes.close(GRACE);
    replica.close();
  }

  private Receipt message(ChatEvent.Message message) {
    Optional<UUID> known = places.find(message);
    boolean followUp = known.isPresent() && message.address().thread().isPresent();
    if (!message.toUs() && !followUp) {
      return Receipt.IGNORED;
    }
    return keep(known.orElseGet(() -> places.join(message)), message);
  }

  private Receipt keep(UUID place, ChatEvent event) {
    Optional<String> refusal = admission.refusal(event);
    if (refusal.isPresent()) {
      return refuse(place, event, refusal.get());
    }
    if (lanes.arrive(place, () -> events.keep(place, event)).isEmpty()) {
      return Receipt.REPEATED;
    }
    admission.taken(event);
    return Receipt.ACCEPTED;
  }

  private Receipt refuse(UUID place, ChatEvent event, String line) {
    Optional<UUID> refused = events.refuse(place, event);
    if (refused.isEmpty()) {
      return Receipt.REPEATED;
    }
    if (admission.isToBeTold(event.person())) {
      lanes.beside(() -> router.tell(refused.get(), event, line));
    }
    return Receipt.REFUSED;
  }

  /** Comes to its turn behind the message that it changes. */
  private Receipt edit(ChatEvent.Edit edit) {
    return places
        .find(edit)
        .filter(it -> events.knows(edit))
        .map(it -> keep(it, edit))
        .orElse(Receipt.IGNORED);
  }

  private Receipt delete(ChatEvent.Deletion deletion) {
    events.forget(deletion);
    return Receipt.ACCEPTED;
  }
}
