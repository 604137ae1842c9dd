package dev.sotto.slack;

import dev.sotto.chat.Address;
import dev.sotto.chat.Address.Kind;
import dev.sotto.chat.Inbox.Seen;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;

/**
 * A channel or a thread, and until when what was said there is known.
 *
 * @param place without a thread, the channel itself
 */
record SlackMissed(Address place, Instant known) {
  /**
   * What is older than the newest message seen anywhere has been seen as it came; so much before it
   * is asked for again all the same. The inbox recognises a repeat for far longer.
   */
  private static final Duration MARGIN = Duration.ofMinutes(15);

  /** So much more of a thread is read for what was rewritten in it. */
  private static final Duration REWRITTEN = Duration.ofDays(1);

  /**
   * What to ask for: the channels and direct messages, in which threads begin, and then the
   * threads, the most recent first.
   */
  static List<SlackMissed> plan(List<Seen> seen) {
    BinaryOperator<Instant> later = (one, other) -> one.isAfter(other) ? one : other;
    Instant sure = seen.stream().map(Seen::at).reduce(Instant.EPOCH, later).minus(MARGIN);
    Map<Address, Instant> channels = new LinkedHashMap<>();
    seen.forEach(it -> channels.merge(channel(it.address()), begun(it), later));
    Stream<SlackMissed> above =
        channels.entrySet().stream()
            .map(it -> new SlackMissed(it.getKey(), sure).orIfAlone(it.getValue()));
    Stream<SlackMissed> threads =
        seen.stream()
            .filter(it -> it.address().thread().isPresent())
            .map(it -> new SlackMissed(it.address(), sure).butFrom(it.at()));
    return Stream.concat(above, threads).toList();
  }

  /** The channel around a thread. */
  static Address channel(Address address) {
    return new Address(address.workspace(), address.kind(), address.channel(), Optional.empty());
  }

  /** When what was seen began: in its channel stands the first message of a thread alone. */
  private static Instant begun(Seen seen) {
    return seen.address().thread().flatMap(SlackTime::read).orElse(seen.at());
  }

  /** In direct messages all is for the bot, so that nothing after the last of it was heard. */
  private SlackMissed orIfAlone(Instant last) {
    return place.kind() == Kind.DIRECT ? butFrom(last) : this;
  }

  /** The same from an earlier time, if it is earlier. */
  SlackMissed butFrom(Instant other) {
    return other.isBefore(known) ? new SlackMissed(place, other) : this;
  }

  SlackMissed inThread(String root) {
    Address thread =
        new Address(place.workspace(), place.kind(), place.channel(), Optional.of(root));
    return new SlackMissed(thread, known);
  }

  /** Since when to ask. What is rewritten in a channel begins a thread, and is found there. */
  Instant asked() {
    return place.thread().isPresent() ? known.minus(REWRITTEN) : known;
  }

  @Override
  public String toString() {
    return "SlackMissed[" + place + "]";
  }
}
