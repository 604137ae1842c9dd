package dev.sotto.slack;

import com.google.gson.JsonObject;
import dev.sotto.chat.Address;
import dev.sotto.chat.ChatEvent;
import dev.sotto.chat.Reply;
import java.util.List;
import java.util.Optional;
import okhttp3.FormBody;

/**
 * One message in the direct messages of the person who gave a command. Unlike an ephemeral one it
 * can be changed as often as Slack takes changes at all.
 */
final class SlackDirect {
  private final SlackApi api;
  private final ChatEvent.Command command;
  private Optional<String> channel;
  private Optional<String> ts = Optional.empty();

  SlackDirect(SlackApi api, ChatEvent.Command command) {
    this.api = api;
    this.command = command;
    this.channel = isPlaceOfCommand() ? Optional.of(address().channel()) : Optional.empty();
  }

  /** Whether the command was given there. */
  boolean isPlaceOfCommand() {
    return address().kind() == Address.Kind.DIRECT;
  }

  boolean begun() {
    return ts.isPresent();
  }

  /**
   * Shows a text in the message, which is posted first if there is none; what does not fit follows
   * it.
   *
   * @throws SlackFailure Slack did not take it
   */
  void show(Reply reply) {
    List<Reply> pieces = SlackAnswer.pieces(reply);
    if (begun()) {
      api.call("chat.update", form(pieces.getFirst()).add("ts", ts.orElseThrow()));
    } else {
      ts = Optional.of(post(pieces.getFirst()));
    }
    pieces.stream().skip(1).forEach(this::post);
  }

  private String post(Reply piece) {
    FormBody.Builder form = form(piece).add("unfurl_links", "0").add("unfurl_media", "0");
    return SlackJson.text(api.call("chat.postMessage", form), "ts");
  }

  private FormBody.Builder form(Reply piece) {
    return new FormBody.Builder().add("channel", channel()).add("markdown_text", piece.text());
  }

  private String channel() {
    if (channel.isEmpty()) {
      FormBody.Builder form = new FormBody.Builder().add("users", command.person().id());
      JsonObject opened = SlackJson.object(api.call("conversations.open", form), "channel");
      channel = Optional.of(SlackJson.text(opened, "id"));
    }
    return channel.orElseThrow();
  }

  private Address address() {
    return command.address();
  }

  @Override
  public String toString() {
    return "SlackDirect";
  }
}
