package dev.sotto.slack;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.sotto.chat.ChatEvent;
import dev.sotto.chat.Reply;
import dev.sotto.chat.ReplySplitter;
import java.util.List;
import java.util.stream.IntStream;
import okhttp3.FormBody;

/**
 * The answer to a command, for its person's eyes only, in the place of the command: where Slack
 * said to answer, or as an ephemeral message when that place no longer takes it (30 minutes, 5
 * uses). Slack lets a message be replaced whose button was pressed, and no other.
 */
final class SlackAnswer {
  /** Precedes the address of a command that began with a button. */
  static final String PRESSED = "pressed ";

  private static final int LIMIT = 3_000;
  private static final int USES = 5;

  private final SlackApi api;
  private final ChatEvent.Command command;
  private final boolean pressed;
  private final String url;
  private int used;

  SlackAnswer(SlackApi api, ChatEvent.Command command) {
    this.api = api;
    this.command = command;
    this.pressed = command.replyToken().startsWith(PRESSED);
    this.url = command.replyToken().substring(pressed ? PRESSED.length() : 0);
  }

  static List<Reply> pieces(Reply reply) {
    List<String> texts = ReplySplitter.split(SlackText.write(reply.text()), LIMIT);
    return IntStream.range(0, texts.size())
        .mapToObj(part ->
            new Reply(texts.get(part), part == texts.size() - 1 ? reply.choices() : List.of()))
        .toList();
  }

  /**
   * @throws SlackFailure Slack did not take it
   */
  void give(Reply reply) {
    List<Reply> pieces = pieces(reply);
    for (int part = 0; part < pieces.size(); part++) {
      give(pieces.get(part), pressed && part == 0);
    }
  }

  private void give(Reply piece, boolean inPlaceOfTheButton) {
    boolean https = url.startsWith("https://");
    if (!https || used >= USES || !responded(piece, inPlaceOfTheButton)) {
      postEphemeral(piece);
    }
  }

  private boolean responded(Reply piece, boolean inPlaceOfTheButton) {
    JsonObject json = new JsonObject();
    json.addProperty("response_type", "ephemeral");
    json.addProperty("replace_original", inPlaceOfTheButton);
    json.addProperty("text", SlackChat.notice(piece.text()));
    json.add("blocks", blocks(piece));
    try {
      used++;
      api.respond(url, json);
      return true;
    } catch (SlackFailure e) {
      if (e.kind() == SlackFailure.Kind.REFUSED) {
        return false;
      }
      throw e;
    }
  }

  private void postEphemeral(Reply piece) {
    FormBody.Builder form =
        new FormBody.Builder()
            .add("channel", command.address().channel())
            .add("user", command.person().id());
    command.address().thread().ifPresent(thread -> form.add("thread_ts", thread));
    if (piece.choices().isEmpty()) {
      form.add("markdown_text", piece.text());
    } else {
      form.add("text", SlackChat.notice(piece.text())).add("blocks", blocks(piece).toString());
    }
    api.call("chat.postEphemeral", form);
  }

  /** A press of these buttons is a command. */
  private static JsonArray blocks(Reply piece) {
    return SlackChat.blocks(piece, SlackTranslator.COMMAND);
  }

  @Override
  public String toString() {
    return "SlackAnswer";
  }
}
