package dev.sotto.slack;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.sotto.chat.Address;
import dev.sotto.chat.Reply;
import dev.sotto.chat.Reply.Choice;
import dev.sotto.chat.ReplyTarget;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import okhttp3.FormBody;

/**
 * The calls that show one reply. Each is made once; all throw {@link SlackFailure}. Every message
 * is posted without unfurling and carries the reply's key and its part as metadata, by which it is
 * found again.
 */
final class SlackChat {
  private static final String METADATA = "sotto_reply";
  private static final int LONGEST_NOTICE = 3_900;

  private final SlackApi api;
  private final ReplyTarget target;

  SlackChat(SlackApi api, ReplyTarget target) {
    this.api = api;
    this.target = target;
  }

  /** Whether a stream can be: it needs a thread. */
  boolean inThread() {
    return target.address().thread().isPresent();
  }

  /** Posts a message and answers with its {@code ts}. */
  String post(int part, Reply content) {
    FormBody.Builder form =
        form().add("metadata", metadata(part)).add("unfurl_links", "0").add("unfurl_media", "0");
    return ts(api.call("chat.postMessage", inThread(show(form, content))));
  }

  void update(String ts, int part, Reply content) {
    FormBody.Builder form = form().add("ts", ts).add("metadata", metadata(part));
    api.call("chat.update", show(form, content));
  }

  void delete(String ts) {
    api.call("chat.delete", form().add("ts", ts));
  }

  /** Begins a stream and answers with its {@code ts}. */
  String start(String text) {
    FormBody.Builder form =
        inThread(form())
            .add("markdown_text", text)
            .add("recipient_user_id", target.person().id())
            .add("recipient_team_id", target.person().workspace().id());
    return ts(api.call("chat.startStream", form));
  }

  void append(String ts, String more) {
    api.call("chat.appendStream", form().add("ts", ts).add("markdown_text", more));
  }

  /** Ends a stream; the buttons stand below what was streamed. */
  void stop(String ts, int part, Reply rest) {
    FormBody.Builder form = form().add("ts", ts).add("metadata", metadata(part));
    if (!rest.text().isEmpty()) {
      form.add("markdown_text", rest.text());
    }
    if (!rest.choices().isEmpty()) {
      form.add("blocks", blocks(new Reply("", rest.choices())).toString());
    }
    if (target.address().kind() == Address.Kind.DIRECT) {
      form.add("session_status", "active");
    }
    api.call("chat.stopStream", form);
  }

  /** Shows the bot at work; an empty text ends it. */
  void status(String text) {
    FormBody.Builder form =
        new FormBody.Builder()
            .add("channel_id", target.address().channel())
            .add("thread_ts", target.address().thread().orElse(""))
            .add("status", text);
    api.call("assistant.threads.setStatus", form);
  }

  /** What of this reply stands in the thread: the part and its {@code ts}. */
  Map<Integer, String> find(String ownUser) {
    Map<Integer, String> found = new TreeMap<>();
    for (JsonObject message : ours(ownUser)) {
      if (SlackJson.text(key(message), "key").equals(target.key())) {
        found.put(number(SlackJson.text(key(message), "part")), SlackJson.text(message, "ts"));
      }
    }
    return found;
  }

  /** A stream whose start was not answered: a message of ours without key that reads like this. */
  Optional<String> findBegun(String ownUser, String text) {
    return ours(ownUser).stream()
        .filter(message -> isBegun(message, text))
        .map(message -> SlackJson.text(message, "ts"))
        .reduce((_, newest) -> newest);
  }

  /** Everything that stands in the thread of this reply, and what reads like its beginning. */
  List<String> findAll(String ownUser, String begun) {
    return ours(ownUser).stream()
        .filter(message ->
            SlackJson.text(key(message), "key").equals(target.key()) || isBegun(message, begun))
        .map(message -> SlackJson.text(message, "ts"))
        .toList();
  }

  private static boolean isBegun(JsonObject message, String text) {
    String begin = letters(text);
    return !begin.isEmpty()
        && key(message).isEmpty()
        && letters(SlackJson.text(message, "text")).equals(begin);
  }

  private static JsonObject key(JsonObject message) {
    return SlackJson.object(SlackJson.object(message, "metadata"), "event_payload");
  }

  static JsonArray blocks(Reply content) {
    return blocks(content, SlackTranslator.CHOICE);
  }

  /**
   * @param action the kind of the buttons, to which the number of each is added
   */
  static JsonArray blocks(Reply content, String action) {
    JsonArray blocks = new JsonArray();
    if (!content.text().isEmpty()) {
      JsonObject markdown = new JsonObject();
      markdown.addProperty("type", "markdown");
      markdown.addProperty("text", content.text());
      blocks.add(markdown);
    }
    if (!content.choices().isEmpty()) {
      JsonArray elements = new JsonArray();
      for (Choice choice : content.choices()) {
        elements.add(button(action + elements.size(), choice));
      }
      JsonObject actions = new JsonObject();
      actions.addProperty("type", "actions");
      actions.add("elements", elements);
      blocks.add(actions);
    }
    return blocks;
  }

  /** What stands in a notification beside blocks. */
  static String notice(String text) {
    return SlackText.escape(
        text.length() > LONGEST_NOTICE ? text.substring(0, LONGEST_NOTICE) : text);
  }

  private static JsonObject button(String action, Choice choice) {
    JsonObject label = new JsonObject();
    label.addProperty("type", "plain_text");
    label.addProperty("text", choice.label());
    JsonObject button = new JsonObject();
    button.addProperty("type", "button");
    button.addProperty("action_id", action);
    button.addProperty("value", choice.value());
    button.add("text", label);
    return button;
  }

  private List<JsonObject> ours(String ownUser) {
    String newerThan = target.messageId().substring(target.messageId().lastIndexOf(':') + 1);
    FormBody.Builder form =
        form()
            .add("ts", target.address().thread().orElse(newerThan))
            .add("oldest", newerThan)
            .add("limit", "200")
            .add("include_all_metadata", "1");
    return SlackJson.objects(api.call("conversations.replies", form), "messages").stream()
        .filter(message -> SlackJson.text(message, "user").equals(ownUser))
        .toList();
  }

  private FormBody.Builder form() {
    return new FormBody.Builder().add("channel", target.address().channel());
  }

  private FormBody.Builder inThread(FormBody.Builder form) {
    target.address().thread().ifPresent(thread -> form.add("thread_ts", thread));
    return form;
  }

  /** Slack takes Markdown as it is, or blocks with a notice, but not both. */
  private static FormBody.Builder show(FormBody.Builder form, Reply content) {
    return content.choices().isEmpty()
        ? form.add("markdown_text", content.text())
        : form.add("text", notice(content.text())).add("blocks", blocks(content).toString());
  }

  private String metadata(int part) {
    JsonObject payload = new JsonObject();
    payload.addProperty("key", target.key());
    payload.addProperty("part", part);
    JsonObject metadata = new JsonObject();
    metadata.addProperty("event_type", METADATA);
    metadata.add("event_payload", payload);
    return metadata.toString();
  }

  private static String ts(JsonObject answer) {
    String ts = SlackJson.text(answer, "ts");
    if (ts.isEmpty()) {
      throw SlackFailure.answered("chat", "");
    }
    return ts;
  }

  private static int number(String text) {
    return text.matches("\\d{1,3}") ? Integer.parseInt(text) : 0;
  }

  private static String letters(String text) {
    return SlackText.unescape(text).replaceAll("[^\\p{L}\\p{N}]", "");
  }
}
