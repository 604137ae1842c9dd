package dev.sotto.inbox;

import dev.sotto.chat.Address;
import dev.sotto.chat.ChatEvent;
import dev.sotto.chat.ChatPlatform;
import dev.sotto.chat.LiveReply;
import dev.sotto.chat.Platform;
import dev.sotto.chat.ReplyTarget;
import java.util.Optional;
import java.util.function.Consumer;

/** A platform on which something happens when the reply to a message begins. */
record Struck(Board board, Consumer<String> strike) implements ChatPlatform {
  @Override
  public Platform platform() {
    return board.platform();
  }

  @Override
  public LiveReply open(ReplyTarget target, Consumer<String> shown) {
    strike.accept(target.messageId());
    return board.open(target, shown);
  }

  @Override
  public LiveReply open(ChatEvent.Command command) {
    return board.open(command);
  }

  @Override
  public Optional<PlaceName> name(Address address) {
    return board.name(address);
  }
}
