package dev.sotto.slack;

import com.google.gson.JsonObject;
import dev.sotto.chat.Address;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import okhttp3.FormBody;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads what stands in a channel or in a thread. */
final class SlackHistory implements AutoCloseable {
  private static final int PAGE = 200;

  /** At most so many pages of one place. */
  private static final int PAGES = 20;

  /** How often a call is made that came to nothing. */
  private static final int ATTEMPTS = 5;

  private static final Logger log = LoggerFactory.getLogger(SlackHistory.class);

  private final SlackApi api;
  private final Method history = new Method("conversations.history", new SlackPace());
  private final Method replies = new Method("conversations.replies", new SlackPace());

  SlackHistory(SlackApi api) {
    this.api = api;
  }

  private record Method(String name, SlackPace pace) {}

  /**
   * The messages of a channel outside its threads, or of a thread with its first message in any
   * case, in any order.
   *
   * @param urgent whether somebody waits for it
   * @throws SlackFailure they cannot be read, or the end has come
   */
  List<JsonObject> read(Address place, Instant after, BooleanSupplier urgent) {
    Method method = place.thread().isPresent() ? replies : history;
    List<JsonObject> messages = new ArrayList<>();
    String cursor = "";
    for (int page = 0; page < PAGES; page++) {
      JsonObject answer = ask(method, form(place, after, cursor), urgent);
      messages.addAll(SlackJson.objects(answer, "messages"));
      cursor = SlackJson.text(SlackJson.object(answer, "response_metadata"), "next_cursor");
      if (cursor.isEmpty()) {
        return messages;
      }
    }
    log.warn("Slack: more than {} messages were missed in one place", PAGES * PAGE);
    return messages;
  }

  private static FormBody.Builder form(Address place, Instant after, String cursor) {
    FormBody.Builder form =
        new FormBody.Builder()
            .add("channel", place.channel())
            .add("oldest", SlackTime.write(after))
            .add("limit", Integer.toString(PAGE));
    place.thread().ifPresent(root -> form.add("ts", root));
    return cursor.isEmpty() ? form : form.add("cursor", cursor);
  }

  private JsonObject ask(Method method, FormBody.Builder form, BooleanSupplier urgent) {
    int attempt = 1;
    while (method.pace().await(urgent.getAsBoolean())) {
      try {
        return api.call(method.name(), form);
      } catch (SlackFailure e) {
        switch (e.kind()) {
          case LATER -> method.pace().refused(e.retryAfter());
          case REFUSED, UNTRUSTED -> throw e;
          case UNREACHED, UNKNOWN -> {
            if (attempt == ATTEMPTS || !method.pace().pause(Duration.ofSeconds(1L << attempt))) {
              throw e;
            }
            attempt++;
          }
        }
      }
    }
    throw SlackFailure.of(method.name(), SlackFailure.Kind.UNREACHED, "closed");
  }

  @Override
  public void close() {
    history.pace().close();
    replies.pace().close();
  }
}
