package dev.sotto.inbox;

import dev.sotto.chat.Address;
import dev.sotto.chat.ChatEvent;
import dev.sotto.chat.ChatPlatform;
import dev.sotto.chat.LiveReply;
import dev.sotto.chat.Platform;
import dev.sotto.chat.PlatformException;
import dev.sotto.chat.Reply;
import dev.sotto.chat.ReplyTarget;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A platform in memory: a board on which each reply is one note. */
final class Board implements ChatPlatform {
  private final boolean takesReplies;
  private final List<Note> notes = new CopyOnWriteArrayList<>();
  private final List<String> whispers = new CopyOnWriteArrayList<>();
  private final List<String> murmurs = new CopyOnWriteArrayList<>();

  private Board(boolean takesReplies) {
    this.takesReplies = takesReplies;
  }

  static Board open() {
    return new Board(true);
  }

  /** Begins to show each reply and never takes it. */
  static Board jammed() {
    return new Board(false);
  }

  /**
   * A reply.
   *
   * @param before what an earlier attempt had shown of it
   */
  record Note(String channel, String messageId, String text, List<String> before) {}

  List<Note> notes() {
    return List.copyOf(notes);
  }

  List<String> answered(String channel) {
    return notes.stream().filter(it -> it.channel().equals(channel)).map(Note::messageId).toList();
  }

  /** What commands were answered in the end. */
  List<String> whispers() {
    return List.copyOf(whispers);
  }

  /** What commands were answered on the way. */
  List<String> murmurs() {
    return List.copyOf(murmurs);
  }

  @Override
  public Platform platform() {
    return Platform.SLACK;
  }

  @Override
  public LiveReply open(ReplyTarget target, Consumer<String> shown) {
    return new LiveReply() {
      @Override
      public void show(String text) {}

      @Override
      public void finish(Reply reply) {
        if (target.shown().isEmpty()) {
          shown.accept("note on " + target.messageId());
        }
        notes.add(
            new Note(target.address().channel(), target.messageId(), reply.text(), target.shown()));
        if (!takesReplies) {
          throw PlatformException.temporary("the board is jammed", Duration.ofHours(1));
        }
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public LiveReply open(ChatEvent.Command command) {
    return new LiveReply() {
      @Override
      public void show(String text) {
        murmurs.add(text);
      }

      @Override
      public void finish(Reply reply) {
        whispers.add(reply.text());
        if (!takesReplies) {
          throw PlatformException.temporary("the board is jammed", Duration.ofHours(1));
        }
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public Optional<PlaceName> name(Address address) {
    return Optional.empty();
  }
}
