package dev.sotto.sandbox.discord;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The one guild, the accounts around it and everything they wrote, in memory. What it begins with,
 * and the direct channel of each person, have the same ids in every guild. Its monitor guards it
 * and all that hangs on it; whoever reads or changes holds it.
 */
final class Guild {
  static final String NAME = "Acme Discord";

  /** A time with which the guild is not in the first of some shards, where direct messages are. */
  private static final Instant FOUNDED = Instant.parse("2024-03-04T09:00:00.001Z");

  static final int MOST_CHANNELS = 20_000;
  private static final int MOST_PRIVATE_MESSAGES = 1_000;
  private static final long MOST_FILE_BYTES = 256L * 1024 * 1024;

  private final Snowflakes ids;
  private final Clock clock;
  private final long id;
  private final long administratorRole;
  private final Account bot;
  private final Account otherBot;
  private final Map<Long, Account> accounts = new LinkedHashMap<>();
  private final Map<Account, Channel> directs = new LinkedHashMap<>();
  private final Map<Long, Channel> channels = new LinkedHashMap<>();
  private final Map<Long, Message> privateMessages = new LinkedHashMap<>();
  private final Map<Long, Attachment> files = new LinkedHashMap<>();
  private long fileBytes;

  Guild(Clock clock) {
    this.clock = clock;
    ids = new Snowflakes(clock);
    var founding = new Snowflakes(Clock.fixed(FOUNDED, ZoneOffset.UTC));
    id = founding.next();
    administratorRole = founding.next();
    bot = account(founding.next(), "sotto", "Sotto", true, false);
    otherBot = account(founding.next(), "relay", "Relay", true, false);
    var maria = account(founding.next(), "maria", "Maria", false, true);
    account(founding.next(), "tom", "Tom", false, false);
    account(founding.next(), "priya", "Priya", false, false);
    for (var name : List.of("general", "help")) {
      create(new Channel(founding.next(), Channel.Kind.TEXT, name, Optional.empty(), maria));
    }
    for (var person : accounts.values()) {
      directs.put(
          person, new Channel(founding.next(), Channel.Kind.DIRECT, "", Optional.empty(), person));
    }
  }

  private Account account(
      long account, String username, String displayName, boolean isBot, boolean admin) {
    var made = new Account(account, username, displayName, isBot, admin);
    accounts.put(account, made);
    return made;
  }

  long id() {
    return id;
  }

  /** The role of everyone has the guild's own id. */
  long administratorRole() {
    return administratorRole;
  }

  Account bot() {
    return bot;
  }

  /** A bot of somebody else, which writes when it is told to. */
  Account otherBot() {
    return otherBot;
  }

  /** An application has the id of its bot. */
  long application() {
    return bot.id();
  }

  Account owner() {
    return accounts.values().stream().filter(Account::administrator).findFirst().orElseThrow();
  }

  long nextId() {
    return ids.next();
  }

  Instant now() {
    return clock.instant();
  }

  Collection<Account> accounts() {
    return accounts.values();
  }

  Optional<Account> account(long accountId) {
    return Optional.ofNullable(accounts.get(accountId));
  }

  Stream<Channel> channels(Channel.Kind kind) {
    return channels.values().stream().filter(channel -> channel.kind() == kind);
  }

  Stream<Channel> threads() {
    return channels.values().stream().filter(Channel::isThread);
  }

  Optional<Channel> channel(long channelId) {
    return Optional.ofNullable(channels.get(channelId));
  }

  /** Adds a channel, or a thread as long as there is room. */
  Channel create(Channel channel) {
    if (channels.size() >= MOST_CHANNELS) {
      throw new ApiError(ApiError.Problem.TOO_MANY_THREADS);
    }
    channels.put(channel.id(), channel);
    return channel;
  }

  void remove(Channel channel) {
    channels.remove(channel.id());
  }

  /** The conversation of a person with the bot, opened when it is first asked for. */
  Channel direct(Account person) {
    Channel direct = Objects.requireNonNull(directs.get(person));
    return channel(direct.id()).orElseGet(() -> create(direct));
  }

  /** Keeps a message that only one person sees; the oldest make room. */
  void keepPrivate(Message message) {
    privateMessages.put(message.id(), message);
    if (privateMessages.size() > MOST_PRIVATE_MESSAGES) {
      privateMessages.remove(privateMessages.keySet().iterator().next());
    }
  }

  boolean removePrivate(Message message) {
    return privateMessages.remove(message.id()) != null;
  }

  /** The messages in a channel that this person alone sees. */
  List<Message> privateMessages(Account person, Channel channel) {
    return privateMessages.values().stream()
        .filter(message -> message.channel() == channel && addressee(message).equals(person))
        .toList();
  }

  private static Account addressee(Message message) {
    return message.origin().interaction().map(Interaction::person).orElse(message.author());
  }

  /** Whether a message was not deleted. */
  boolean exists(Message message) {
    return privateMessages.containsKey(message.id())
        || message.channel().message(message.id()).isPresent();
  }

  /** A message wherever it is, if this person sees it. */
  Optional<Message> visible(Account person, long messageId) {
    return Optional.ofNullable(privateMessages.get(messageId))
        .filter(message -> addressee(message).equals(person))
        .or(() ->
            channels.values().stream()
                .filter(channel -> sees(person, channel))
                .flatMap(channel -> channel.message(messageId).stream())
                .findFirst());
  }

  /** Keeps a file until newer ones need the room. */
  void keep(Attachment file) {
    files.put(file.id(), file);
    fileBytes += file.bytes().length;
    var oldest = new ArrayList<>(files.values()).iterator();
    while (fileBytes > MOST_FILE_BYTES && oldest.hasNext()) {
      var gone = oldest.next();
      files.remove(gone.id());
      fileBytes -= gone.bytes().length;
    }
  }

  Optional<Attachment> file(long fileId) {
    return Optional.ofNullable(files.get(fileId));
  }

  boolean sees(Account account, Channel channel) {
    if (channel.isDirect()) {
      return account.equals(bot) || account.equals(channel.owner());
    }
    boolean invited =
        channel.kind() != Channel.Kind.PRIVATE_THREAD || channel.members().containsKey(account);
    return account.administrator() || (invited && may(account, channel, Permission.VIEW_CHANNEL));
  }

  boolean may(Account account, Channel channel, Permission permission) {
    return (permissions(account, channel) & permission.bit()) != 0;
  }

  /** All permissions of an account in a channel, as bits. */
  long permissions(Account account, Channel channel) {
    long all = everyone();
    if (account.administrator()) {
      return all | Permission.ADMINISTRATOR;
    }
    return channel.isDirect() ? all : all & ~channel.denied();
  }

  /** What the role of everyone may do. */
  long everyone() {
    return Permission.bits(EnumSet.allOf(Permission.class));
  }
}
