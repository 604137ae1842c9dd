package dev.sotto.discord;

import dev.sotto.chat.Address;
import dev.sotto.chat.Inbox.Seen;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import net.dv8tion.jda.api.requests.Route;
import net.dv8tion.jda.api.utils.TimeUtil;
import net.dv8tion.jda.api.utils.data.DataObject;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches the messages that were written or rewritten while the bot was not there: Discord itself
 * repeats them only within a session that could be resumed.
 */
final class CatchUp {
  private static final Logger LOG = LoggerFactory.getLogger(CatchUp.class);
  private static final int PAGE = 100;

  /** At most so many pages of one channel. */
  private static final int PAGES = 20;

  /** So many of the messages that are known are looked at again. */
  private static final int KNOWN = 50;

  /** At most so many channels at once. */
  private static final int CHANNELS = 8;

  /** Snowflakes are milliseconds shifted by this. */
  private static final int TIME_SHIFT = 22;

  /**
   * In a channel, where most is not for the bot, what is older than the newest message seen
   * anywhere has been seen as it came; so much before it is asked for again all the same.
   */
  private static final long MARGIN = Duration.ofMinutes(15).toMillis() << TIME_SHIFT;

  /** Where nobody has written for longer before the absence, nothing is looked at again. */
  private static final long RECENT = Duration.ofDays(1).toMillis() << TIME_SHIFT;

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
   * One channel or thread, and the id from which on its messages are not known.
   *
   * @param guild empty for a direct message
   * @param again whether known messages may have been rewritten
   */
  record Missed(Optional<String> guild, String channel, long after, boolean again) {
    Missed(Optional<String> guild, String channel, long after) {
      this(guild, channel, after, false);
    }

    private Missed againAfter(long recent) {
      return new Missed(guild, channel, after, after > recent);
    }

    @Override
    public String toString() {
      return "Missed";
    }
  }

  /** What to ask for: threads and direct messages, and the channels above the threads. */
  static List<Missed> plan(List<Seen> seen) {
    long newest = seen.stream().mapToLong(CatchUp::id).max().orElse(0);
    Map<String, Missed> plan = new HashMap<>();
    for (Seen place : seen) {
      Address address = place.address();
      boolean direct = address.kind() == Address.Kind.DIRECT;
      Optional<String> guild = direct ? Optional.empty() : Optional.of(address.workspace().id());
      long last = id(place);
      address.thread().ifPresent(thread -> add(plan, new Missed(guild, thread, last)));
      long inChannel = address.thread().map(CatchUp::id).orElse(last);
      long after = direct ? last : Math.max(inChannel, newest - MARGIN);
      add(plan, new Missed(guild, address.channel(), after));
    }
    return plan.values().stream()
        .filter(missed -> missed.after() > 0)
        .map(missed -> missed.againAfter(newest - RECENT))
        .toList();
  }

  private static void add(Map<String, Missed> plan, Missed missed) {
    plan.merge(missed.channel(), missed, (a, b) -> a.after() >= b.after() ? a : b);
  }

  /** The smallest id that a message of that millisecond can have. */
  private static long id(Seen seen) {
    return TimeUtil.getDiscordTimestamp(seen.at().toEpochMilli());
  }

  private static long id(String id) {
    return id.matches("\\d{1,19}") ? Long.parseLong(id) : 0;
  }

  /**
   * What stands in a channel since then, and before it if need be. One that is gone has nothing.
   */
  List<DataObject> fetch(Missed missed) {
    List<DataObject> found = new ArrayList<>();
    boolean upToDate =
        places.newest(missed.channel()).filter(id -> id <= missed.after()).isPresent();
    if (upToDate && !missed.again()) {
      return found;
    }
    turns.acquireUninterruptibly();
    try {
      if (missed.again()) {
        found.addAll(page(missed.channel(), KNOWN, "before", missed.after() + 1));
      }
      if (!upToDate) {
        pages(missed, found);
      }
    } catch (RestException e) {
      if (e.temporary()) {
        LOG.warn("Discord: missed messages of a place could not be read: {}", e.line());
      }
    } finally {
      turns.release();
    }
    return found;
  }

  private void pages(Missed missed, List<DataObject> found) {
    long after = missed.after();
    for (int page = 0; page < PAGES; page++) {
      List<DataObject> messages = page(missed.channel(), PAGE, "after", after);
      found.addAll(messages);
      if (messages.size() < PAGE) {
        return;
      }
      after = messages.getLast().getUnsignedLong("id");
    }
    LOG.warn("Discord: more than {} messages were missed in one place", PAGES * PAGE);
  }

  private List<DataObject> page(String channel, int limit, String side, long id) {
    Route.CompiledRoute route =
        Route.Messages.GET_MESSAGE_HISTORY
            .compile(channel)
            .withQueryParams("limit", Integer.toString(limit), side, Long.toString(id));
    return intake.ask(() -> rest.list(route)).stream()
        .sorted(Comparator.comparingLong(message -> message.getUnsignedLong("id")))
        .toList();
  }
}
