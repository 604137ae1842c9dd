package dev.sotto.inbox;

import dev.sotto.chat.ChatEvent;
import dev.sotto.chat.ChatPlatform;
import dev.sotto.chat.Inbox;
import dev.sotto.chat.InboxUnavailableException;
import dev.sotto.chat.Platform;
import dev.sotto.crypto.ErasedException;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The inbox in the database. What is accepted is answered once, in the order of its place, also
 * after a crash: what is not done is taken up again by {@link #start}.
 */
@Singleton
public class DurableInbox implements Inbox {
  private static final Logger LOG = LoggerFactory.getLogger(DurableInbox.class);

  /** How long a repeat is recognised. */
  static final Duration RECOGNISED = Duration.ofDays(3);

  private static final int MOST_OPEN = 100_000;
  private static final Duration GRACE = Duration.ofSeconds(3);

  private final Places places;
  private final Events events;
  private final EventRouter router;
  private final Lanes lanes;

  DurableInbox(Places places, Events events, EventRouter router, Worker worker) {
    this.places = places;
    this.events = events;
    this.router = router;
    this.lanes = new Lanes(worker::handle);
  }

  /** Takes up what an earlier process left, to be shown through these platforms. */
  public void start(Collection<ChatPlatform> platforms) {
    router.connect(platforms);
    int old = events.deleteClosed(RECOGNISED);
    List<EventRow> open = events.open(MOST_OPEN);
    open.forEach(it -> lanes.submit(it.placeId(), Lanes.Work.of(it.id())));
    LOG.info("inbox: {} events taken up again, {} old ones let go", open.size(), old);
  }

  @Override
  public Receipt accept(ChatEvent event) {
    try {
      return take(event);
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

  /** Ends within 4 seconds; what is not done by then is taken up at the next start. */
  public void close() {
    lanes.close(GRACE);
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
    Optional<Pending> kept = events.keep(place, event);
    kept.ifPresent(it -> lanes.submit(place, Lanes.Work.of(it)));
    return kept.isPresent() ? Receipt.ACCEPTED : Receipt.REPEATED;
  }

  private Receipt delete(ChatEvent.Deletion deletion) {
    events.forget(deletion);
    return Receipt.ACCEPTED;
  }
}
