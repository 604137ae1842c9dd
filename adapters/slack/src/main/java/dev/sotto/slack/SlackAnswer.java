package dev.sotto.slack;

import com.google.gson.JsonObject;
import dev.sotto.chat.ChatEvent;
import dev.sotto.chat.Reply;
import dev.sotto.chat.Reply.Choice;
import dev.sotto.chat.ReplySplitter;
import java.util.List;
import okhttp3.FormBody;

/**
 * The answer to a command, for its person's eyes only: where Slack said to answer, or as an
 * ephemeral message when that place no longer takes it (30 minutes, 5 uses).
 */
final class SlackAnswer {
  private static final int LIMIT = 3_000;

  private final SlackApi api;
  private final ChatEvent.Command command;

  SlackAnswer(SlackApi api, ChatEvent.Command command) {
    this.api = api;
    this.command = command;
  }

  void give(Reply reply) {
    List<String> pieces = ReplySplitter.split(SlackText.write(reply.text()), LIMIT);
    for (int part = 0; part < pieces.size(); part++) {
      List<Choice> choices = part == pieces.size() - 1 ? reply.choices() : List.of();
      give(part, new Reply(pieces.get(part), choices));
    }
  }

  private void give(int part, Reply piece) {
    boolean https = command.replyToken().startsWith("https://");
    if (!https || part >= 5 || !responded(piece)) {
      postEphemeral(piece);
    }
  }

  private boolean responded(Reply piece) {
    JsonObject json = new JsonObject();
    json.addProperty("response_type", "ephemeral");
    json.addProperty("replace_original", false);
    json.addProperty("text", SlackChat.notice(piece.text()));
    json.add("blocks", SlackChat.blocks(piece));
    try {
      api.respond(command.replyToken(), json);
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
      form.add("text", SlackChat.notice(piece.text()))
          .add("blocks", SlackChat.blocks(piece).toString());
    }
    api.call("chat.postEphemeral", form);
  }
}
