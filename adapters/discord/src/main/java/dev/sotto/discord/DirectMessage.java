package dev.sotto.discord;

import java.util.List;
import java.util.Optional;
import net.dv8tion.jda.api.requests.Route;
import net.dv8tion.jda.api.utils.data.DataObject;

/** One message to a person alone, which can be edited. Used by one thread at a time. */
final class DirectMessage {
  private final DiscordRest rest;
  private final String person;
  private Optional<String> channel = Optional.empty();
  private Optional<String> message = Optional.empty();

  DirectMessage(DiscordRest rest, String person) {
    this.rest = rest;
    this.person = person;
  }

  /**
   * Shows the first in the message, which is sent if there is none yet, and sends the others.
   *
   * @throws RestException Discord did not take it, or the person takes no direct messages
   */
  void show(List<DataObject> messages) {
    if (message.isEmpty()) {
      message = Optional.of(sent(messages.getFirst()));
    } else {
      rest.repeatable(
          Route.Messages.EDIT_MESSAGE.compile(channel(), message.get()), messages.getFirst());
    }
    messages.stream().skip(1).forEach(this::sent);
  }

  private String sent(DataObject text) {
    return rest.once(Route.Messages.SEND_MESSAGE.compile(channel()), text).getString("id");
  }

  private String channel() {
    if (channel.isEmpty()) {
      DataObject opened =
          rest.repeatable(
              Route.Self.CREATE_PRIVATE_CHANNEL.compile(),
              DataObject.empty().put("recipient_id", person));
      channel = Optional.of(opened.getString("id"));
    }
    return channel.get();
  }

  @Override
  public String toString() {
    return "DirectMessage";
  }
}
