package dev.sotto.slack;

import com.google.gson.JsonObject;
import dev.sotto.chat.Address;
import dev.sotto.chat.ChatEvent;
import dev.sotto.chat.ChatPlatform;
import dev.sotto.chat.LiveReply;
import dev.sotto.chat.Platform;
import dev.sotto.chat.ReplyTarget;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import okhttp3.FormBody;

/** The way out to a Slack workspace. Remembers a little so that Slack is asked less. */
final class SlackPlatform implements ChatPlatform {
  private static final int REMEMBERED = 10_000;

  /**
   * A question older than this when its reply begins may have been answered by a process before.
   */
  private static final Duration FRESH = Duration.ofSeconds(10);

  private final SlackApi api;
  private final Clock clock;
  private final Executor threads;
  private final Duration late;
  private final Instant started;
  private final Map<String, Boolean> doubtful = Collections.synchronizedMap(new Recent<>());
  private final Map<String, Boolean> own = Collections.synchronizedMap(new Recent<>());
  private final Map<String, Optional<PlaceName>> names =
      Collections.synchronizedMap(new Recent<>());
  private final AtomicReference<Optional<SlackIdentity>> self =
      new AtomicReference<>(Optional.empty());

  /** Forgets the eldest. */
  private static final class Recent<V> extends LinkedHashMap<String, V> {
    @Override
    protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
      return size() > REMEMBERED;
    }
  }

  /**
   * @param late how long after its call something may still appear that was not answered in time
   */
  SlackPlatform(SlackApi api, Clock clock, Executor threads, Duration late) {
    this.api = api;
    this.clock = clock;
    this.threads = threads;
    this.late = late;
    this.started = clock.instant();
  }

  @Override
  public Platform platform() {
    return Platform.SLACK;
  }

  @Override
  public LiveReply open(ReplyTarget target, Consumer<String> shown) {
    SlackMessages messages = new SlackMessages(this, target, shown);
    return new SlackReply(messages, new SlackChat(api, target), threads, late);
  }

  @Override
  public LiveReply open(ChatEvent.Command command) {
    return new SlackCommandReply(new SlackAnswer(api, command), new SlackDirect(api, command));
  }

  /** Asks once for each channel; needs the scopes {@code channels:read} and {@code groups:read}. */
  @Override
  public Optional<PlaceName> name(Address address) {
    if (address.kind() == Address.Kind.DIRECT) {
      return Optional.empty();
    }
    Optional<PlaceName> known = names.get(address.channel());
    if (known != null) {
      return known;
    }
    try {
      FormBody.Builder form = new FormBody.Builder().add("channel", address.channel());
      JsonObject channel = SlackJson.object(api.call("conversations.info", form), "channel");
      return named(address, SlackJson.text(channel, "name"));
    } catch (SlackFailure e) {
      if (e.kind() == SlackFailure.Kind.REFUSED) {
        return named(address, "");
      }
      throw e.forCore();
    }
  }

  SlackApi api() {
    return api;
  }

  /**
   * Who we are, also before the socket is open: what an earlier process left is shown at once, and
   * by this it is told apart from what others wrote.
   *
   * @throws SlackFailure Slack did not say
   */
  SlackIdentity self() {
    return self.get()
        .orElseGet(() -> {
          SlackIdentity asked = SlackIdentity.of(api.call("auth.test", new FormBody.Builder()));
          become(asked);
          return asked;
        });
  }

  void become(SlackIdentity identity) {
    self.set(Optional.of(identity));
  }

  Instant now() {
    return clock.instant();
  }

  /** Whether an earlier attempt, here or in another process, may have shown something already. */
  boolean mayBeRepeated(ReplyTarget target) {
    String ts = target.messageId().substring(target.messageId().lastIndexOf(':') + 1);
    Instant asked = SlackTime.read(ts).orElse(Instant.MAX);
    return doubtful.containsKey(target.key())
        || asked.isBefore(started)
        || asked.isBefore(now().minus(FRESH));
  }

  /** Remembers a message as one that belongs where it is. */
  void remember(String ts) {
    own.put(ts, true);
  }

  boolean remembers(String ts) {
    return own.containsKey(ts);
  }

  void doubt(ReplyTarget target) {
    doubtful.put(target.key(), true);
  }

  void settled(ReplyTarget target) {
    doubtful.remove(target.key());
  }

  private Optional<PlaceName> named(Address address, String channel) {
    Optional<PlaceName> name =
        Optional.of(channel)
            .filter(each -> !each.isEmpty())
            .map(each -> new PlaceName(each, self().teamName()));
    names.put(address.channel(), name);
    return name;
  }
}
