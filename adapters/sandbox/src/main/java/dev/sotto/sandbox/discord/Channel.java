package dev.sotto.sandbox.discord;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A text channel of the guild, a direct conversation, or a thread. Keeps the newest messages. */
final class Channel {
  static final int MOST_MESSAGES = 5_000;
  private static final int MOST_MEMBERS = 1_000;

  private final long id;
  private final Kind kind;
  private final Optional<Channel> parent;
  private final Account owner;
  private final Map<Account, Instant> members = new LinkedHashMap<>();
  private final TreeMap<Long, Message> messages = new TreeMap<>();
  private final Map<Account, Instant> typing = new LinkedHashMap<>();
  private String name;
  private long denied;
  private int autoArchiveMinutes = 1_440;
  private boolean archived;
  private boolean locked;
  private int posted;

  Channel(long id, Kind kind, String name, Optional<Channel> parent, Account owner) {
    this.id = id;
    this.kind = kind;
    this.name = name;
    this.parent = parent;
    this.owner = owner;
  }

  /** What kind of channel it is; numbers as Discord documents them. */
  enum Kind {
    TEXT(0),
    DIRECT(1),
    PUBLIC_THREAD(11),
    PRIVATE_THREAD(12);

    private final int number;

    Kind(int number) {
      this.number = number;
    }

    int number() {
      return number;
    }
  }

  long id() {
    return id;
  }

  Kind kind() {
    return kind;
  }

  boolean isThread() {
    return kind == Kind.PUBLIC_THREAD || kind == Kind.PRIVATE_THREAD;
  }

  boolean isDirect() {
    return kind == Kind.DIRECT;
  }

  String name() {
    return name;
  }

  Optional<Channel> parent() {
    return parent;
  }

  /** Who opened it; of a direct conversation the person. */
  Account owner() {
    return owner;
  }

  boolean archived() {
    return archived;
  }

  boolean locked() {
    return locked;
  }

  int autoArchiveMinutes() {
    return autoArchiveMinutes;
  }

  /** Permissions that the channel takes from everyone; a thread has those of its parent. */
  long denied() {
    return parent.map(Channel::denied).orElse(denied);
  }

  void deny(long permissions) {
    denied = permissions;
  }

  void rename(String changed) {
    name = changed;
  }

  void archiveAfter(int minutes) {
    autoArchiveMinutes = minutes;
  }

  void archive(boolean put, boolean lock) {
    archived = put;
    locked = lock;
  }

  Map<Account, Instant> members() {
    return members;
  }

  /** False if they were in it already, or it is full. */
  boolean join(Account account, Instant at) {
    return members.size() < MOST_MEMBERS && members.putIfAbsent(account, at) == null;
  }

  boolean leave(Account account) {
    return members.remove(account) != null;
  }

  /** How many messages were ever posted. */
  int posted() {
    return posted;
  }

  void add(Message message) {
    messages.put(message.id(), message);
    posted++;
    typing.remove(message.author());
    if (messages.size() > MOST_MESSAGES) {
      messages.pollFirstEntry();
    }
  }

  boolean remove(Message message) {
    return messages.remove(message.id()) != null;
  }

  Optional<Message> message(long messageId) {
    return Optional.ofNullable(messages.get(messageId));
  }

  Optional<Message> last() {
    return Optional.ofNullable(messages.lastEntry()).map(Map.Entry::getValue);
  }

  List<Message> messages() {
    return List.copyOf(messages.values());
  }

  /** At most {@code limit} messages older than the given one, the newest first. */
  List<Message> before(long messageId, int limit) {
    return messages.headMap(messageId, false).descendingMap().values().stream()
        .limit(limit)
        .toList();
  }

  /** The first {@code limit} messages after the given one, the newest of them first. */
  List<Message> after(long messageId, int limit) {
    var found =
        new ArrayList<>(messages.tailMap(messageId, false).values().stream().limit(limit).toList());
    return found.reversed();
  }

  void typing(Account account, Instant until) {
    typing.put(account, until);
  }

  List<Account> typing(Instant now) {
    typing.values().removeIf(until -> !until.isAfter(now));
    return List.copyOf(typing.keySet());
  }

  @Override
  public String toString() {
    return "Channel[" + kind + "]";
  }
}
