package dev.sotto.sandbox.discord;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A message while it lives: edited, reacted to, and the root of a thread. */
final class Message {
  private static final int MOST_REACTIONS = 20;

  private final long id;
  private final Channel channel;
  private final Account author;
  private final Origin origin;
  private final Map<String, Set<Account>> reactions = new LinkedHashMap<>();
  private Content content;
  private Optional<Instant> edited = Optional.empty();
  private Optional<Channel> thread = Optional.empty();

  Message(long id, Channel channel, Account author, Origin origin, Content content) {
    this.id = id;
    this.channel = channel;
    this.author = author;
    this.origin = origin;
    this.content = content;
  }

  /** What kind of message it is; numbers as Discord documents them. */
  enum Type {
    DEFAULT(0),
    THREAD_CREATED(18),
    REPLY(19),
    CHAT_INPUT_COMMAND(20),
    THREAD_STARTER(21);

    private final int number;

    Type(int number) {
      this.number = number;
    }

    int number() {
      return number;
    }
  }

  /**
   * How a message came to be.
   *
   * @param referenced the message it replies to
   * @param interaction what a person did that it answers
   * @param nonce the author's own mark, possibly empty
   */
  record Origin(
      Type type, Optional<Message> referenced, Optional<Interaction> interaction, String nonce) {
    static Origin plain(String nonce) {
      return new Origin(Type.DEFAULT, Optional.empty(), Optional.empty(), nonce);
    }

    static Origin replyTo(Message message, String nonce) {
      return new Origin(Type.REPLY, Optional.of(message), Optional.empty(), nonce);
    }
  }

  long id() {
    return id;
  }

  Channel channel() {
    return channel;
  }

  Account author() {
    return author;
  }

  Origin origin() {
    return origin;
  }

  Content content() {
    return content;
  }

  Optional<Instant> edited() {
    return edited;
  }

  Optional<Channel> thread() {
    return thread;
  }

  Map<String, Set<Account>> reactions() {
    return reactions;
  }

  void edit(Content changed, Instant at) {
    content = changed;
    edited = Optional.of(at);
  }

  /** Replaces "is thinking" by what was thought; people do not see that as an edit. */
  void fill(Content thought) {
    content = thought;
  }

  void opens(Channel opened) {
    thread = Optional.of(opened);
    content = content.with(Content.HAS_THREAD);
  }

  /** False if that reaction was there already, or the message has as many as fit. */
  boolean react(Account account, String emoji) {
    if (!reactions.containsKey(emoji) && reactions.size() >= MOST_REACTIONS) {
      return false;
    }
    return reactions.computeIfAbsent(emoji, _ -> new LinkedHashSet<>()).add(account);
  }

  /** False if there was no such reaction. */
  boolean unreact(Account account, String emoji) {
    var accounts = reactions.getOrDefault(emoji, Set.of());
    boolean removed = accounts.contains(account) && accounts.remove(account);
    if (removed && accounts.isEmpty()) {
      reactions.remove(emoji);
    }
    return removed;
  }

  /** Whether a bot without the right to read all content may read this one in a guild. */
  boolean concerns(Account bot) {
    return author.equals(bot) || content.mentions().accounts().contains(bot);
  }

  @Override
  public String toString() {
    return "Message";
  }
}
