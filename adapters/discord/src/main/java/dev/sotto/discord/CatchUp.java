package dev.sotto.discord;

import dev.sotto.chat.Address;
import dev.sotto.chat.Inbox.Seen;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import net.dv8tion.jda.api.requests.Route;
import net.dv8tion.jda.api.utils.data.DataObject;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches the messages that were written while the bot was not there: Discord itself repeats them
 * only within a session that could be resumed.
 */
final class CatchUp {
  private static final Logger LOG = LoggerFactory.getLogger(CatchUp.class);
  private static final int PAGE = 100;

  /** At most so many pages of one channel. */
  private static final int PAGES = 20;

  /** At most so many channels at once. */
  private static final int CHANNELS = 8;

  /** Snowflakes are milliseconds shifted by this. */
  private static final int TIME_SHIFT = 22;

  /**
   * In a channel, where most is not for the bot, what is older than the newest message seen
   * anywhere has been seen as it came; so much before it is asked for again all the same.
   */
  private static final long MARGIN = Duration.ofMinutes(15).toMillis() << TIME_SHIFT;

  private final DiscordRest rest;
  private final Places places;
  private final Intake intake;
  private final Semaphore turns = new Semaphore(CHANNELS);

  CatchUp(DiscordRest rest, Places places, Intake intake) {
    this.rest = rest;
    this.places = places;
    this.intake = intake;
  }

  /**
   * One channel or thread, and the newest message known of it.
   *
   * @param guild empty for a direct message
   */
  record Missed(Optional<String> guild, String channel, long after) {
    @Override
    public String toString() {
      return "Missed";
    }
  }

  /** What to ask for: threads and direct messages, and the channels above the threads. */
  static List<Missed> plan(List<Seen> seen) {
    long newest = seen.stream().mapToLong(place -> id(place.messageId())).max().orElse(0);
    Map<String, Missed> plan = new HashMap<>();
    for (Seen place : seen) {
      Address address = place.address();
      boolean direct = address.kind() == Address.Kind.DIRECT;
      Optional<String> guild = direct ? Optional.empty() : Optional.of(address.workspace().id());
      long last = id(place.messageId());
      address.thread().ifPresent(thread -> add(plan, new Missed(guild, thread, last)));
      long inChannel = address.thread().map(CatchUp::id).orElse(last);
      long after = direct ? last : Math.max(inChannel, newest - MARGIN);
      add(plan, new Missed(guild, address.channel(), after));
    }
    return plan.values().stream().filter(missed -> missed.after() > 0).toList();
  }

  private static void add(Map<String, Missed> plan, Missed missed) {
    plan.merge(missed.channel(), missed, (a, b) -> a.after() >= b.after() ? a : b);
  }

  private static long id(String id) {
    return id.matches("\\d{1,19}") ? Long.parseLong(id) : 0;
  }

  /** Gives each missed message of a channel, oldest first. A channel that is gone has none. */
  void fetch(Missed missed, Consumer<DataObject> each) {
    boolean upToDate =
        places.newest(missed.channel()).filter(id -> id <= missed.after()).isPresent();
    if (upToDate) {
      return;
    }
    turns.acquireUninterruptibly();
    try {
      pages(missed, each);
    } catch (RestException e) {
      LOG.warn("Discord: missed messages of a place could not be read: {}", e.line());
    } finally {
      turns.release();
    }
  }

  private void pages(Missed missed, Consumer<DataObject> each) {
    long after = missed.after();
    for (int page = 0; page < PAGES; page++) {
      List<DataObject> messages = page(missed.channel(), after);
      messages.forEach(each);
      if (messages.size() < PAGE) {
        return;
      }
      after = messages.getLast().getUnsignedLong("id");
    }
    LOG.warn("Discord: more than {} messages were missed in one place", PAGES * PAGE);
  }

  private List<DataObject> page(String channel, long after) {
    Route.CompiledRoute route =
        Route.Messages.GET_MESSAGE_HISTORY
            .compile(channel)
            .withQueryParams("limit", Integer.toString(PAGE), "after", Long.toString(after));
    return intake.ask(() -> rest.list(route)).stream()
        .sorted(Comparator.comparingLong(message -> message.getUnsignedLong("id")))
        .toList();
  }
}
