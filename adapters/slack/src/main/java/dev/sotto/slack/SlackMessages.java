package dev.sotto.slack;

import dev.sotto.chat.Reply;
import dev.sotto.chat.Reply.Choice;
import dev.sotto.chat.ReplySplitter;
import dev.sotto.chat.ReplyTarget;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The messages of one reply, made to show a text whatever they show now: by streaming where Slack
 * takes it, else by posting and updating. Nothing is shown twice: a call that may have been done is
 * looked up before it is repeated. Used by one thread at a time; throws {@link SlackFailure}, after
 * which it can be asked again.
 */
final class SlackMessages {
  /** Slack takes 12,000 characters of Markdown; the rest is for a fence to be closed. */
  static final int STREAM_LIMIT = 11_500;

  /** Slack takes 4,000 characters in an update. */
  static final int UPDATE_LIMIT = 3_900;

  /** Slack ends a stream after some 5 minutes (python-slack-sdk issue 1859). */
  static final Duration STREAM_LIFE = Duration.ofMinutes(4);

  private static final Logger log = LoggerFactory.getLogger(SlackMessages.class);

  private final SlackPlatform platform;
  private final SlackChat chat;
  private final ReplyTarget target;
  private final Consumer<String> shown;
  private final List<Message> messages = new ArrayList<>();
  private boolean streams;
  private boolean lookFirst;
  private Optional<String> unanswered = Optional.empty();
  private int limit = STREAM_LIMIT;

  /**
   * One message as it stands.
   *
   * @param text what it shows, empty when that is not known
   * @param live whether it is a stream that has not ended
   */
  private record Message(
      String ts, Optional<String> text, List<Choice> choices, boolean live, Instant since) {
    boolean shows(Reply content) {
      return text.filter(content.text()::equals).isPresent() && choices.equals(content.choices());
    }

    Message unknown() {
      return new Message(ts, Optional.empty(), choices, live, since);
    }

    @Override
    public String toString() {
      return "Message";
    }
  }

  SlackMessages(SlackPlatform platform, ReplyTarget target, Consumer<String> shown) {
    this.platform = platform;
    this.chat = new SlackChat(platform.api(), target);
    this.target = target;
    this.shown = shown;
    this.streams = chat.inThread();
    this.lookFirst = target.shown().isEmpty() && platform.mayBeRepeated(target);
    for (String ts : target.shown()) {
      messages.add(new Message(ts, Optional.empty(), List.of(), true, platform.now()));
    }
  }

  /** Whether the last message grows at the price of an append. */
  boolean streaming() {
    return !messages.isEmpty() && messages.getLast().live();
  }

  void show(String text) {
    render(SlackText.writeSoFar(text), List.of(), false);
  }

  void finish(Reply reply) {
    int parts = render(SlackText.write(reply.text()), reply.choices(), true);
    while (messages.size() > parts) {
      chat.delete(messages.removeLast().ts());
    }
    platform.settled(target);
  }

  /** Ends what streams; what is shown stays. */
  void abandon() {
    for (int part = 0; part < messages.size(); part++) {
      if (messages.get(part).live()) {
        leave(part);
      }
    }
  }

  private void leave(int part) {
    try {
      messages.set(part, stopped(part, messages.get(part)));
    } catch (SlackFailure e) {
      log.debug("Slack: the stream is left to end by itself ({})", e.getMessage());
    }
  }

  private int render(String text, List<Choice> choices, boolean last) {
    while (true) {
      lookUpWhatMayStand();
      int used = limit;
      List<String> pieces = ReplySplitter.split(text, used);
      for (int part = 0; part < pieces.size() && used == limit; part++) {
        boolean end = part == pieces.size() - 1;
        Reply content = new Reply(pieces.get(part), end && last ? choices : List.of());
        put(part, content, last || !end);
      }
      if (used == limit) {
        return pieces.size();
      }
    }
  }

  /** Takes over what a call without an answer, or another process, has shown of this reply. */
  private void lookUpWhatMayStand() {
    if (!lookFirst) {
      return;
    }
    try {
      Map<Integer, String> found = chat.find(platform.self().user());
      for (int part = messages.size(); found.containsKey(part); part++) {
        add(new Message(found.get(part), Optional.empty(), List.of(), false, now()));
      }
      if (unanswered.isPresent()) {
        chat.findBegun(platform.self().user(), unanswered.get())
            .filter(ts -> messages.stream().noneMatch(message -> message.ts().equals(ts)))
            .ifPresent(ts -> add(new Message(ts, Optional.empty(), List.of(), true, now())));
      }
    } catch (SlackFailure e) {
      if (e.kind() != SlackFailure.Kind.REFUSED) {
        throw e;
      }
      log.debug("Slack: the thread cannot be read ({})", e.getMessage());
    }
    lookFirst = false;
  }

  private void put(int part, Reply content, boolean settled) {
    if (part < messages.size()) {
      change(part, content, settled);
    } else if (settled || !streams) {
      add(new Message(post(part, content), known(content), content.choices(), false, now()));
    } else {
      begin(content);
    }
  }

  private void begin(Reply content) {
    try {
      add(new Message(chat.start(content.text()), known(content), List.of(), true, now()));
    } catch (SlackFailure e) {
      log.debug("Slack: no stream, the reply is updated instead ({})", e.getMessage());
      streams = false;
      limit = UPDATE_LIMIT;
      if (e.kind() == SlackFailure.Kind.UNKNOWN) {
        platform.doubt(target);
        unanswered = Optional.of(content.text());
        lookFirst = true;
      }
    }
  }

  private void change(int part, Reply content, boolean settled) {
    Message message = messages.get(part);
    if (message.live()) {
      message = stream(part, message, content, settled);
      messages.set(part, message);
    }
    if (!message.live() && !message.shows(content)) {
      String ts = update(part, message.ts(), content);
      messages.set(part, new Message(ts, known(content), content.choices(), false, now()));
    }
  }

  private Message stream(int part, Message message, Reply content, boolean settled) {
    boolean young = now().isBefore(message.since().plus(STREAM_LIFE));
    Optional<String> before = message.text().filter(content.text()::startsWith);
    if (before.isEmpty() || !(young || settled)) {
      return stopped(part, message);
    }
    String more = content.text().substring(before.get().length());
    try {
      if (settled) {
        chat.stop(message.ts(), part, new Reply(more, content.choices()));
      } else if (!more.isEmpty()) {
        chat.append(message.ts(), more);
      }
      return new Message(
          message.ts(), known(content), content.choices(), !settled, message.since());
    } catch (SlackFailure e) {
      return switch (e.kind()) {
        case LATER, UNREACHED, UNTRUSTED -> throw e;
        case REFUSED, UNKNOWN -> {
          messages.set(part, message.unknown());
          yield stopped(part, message.unknown());
        }
      };
    }
  }

  /** No stream any more: only then Slack takes an update. */
  private Message stopped(int part, Message message) {
    try {
      chat.stop(message.ts(), part, Reply.of(""));
    } catch (SlackFailure e) {
      if (e.kind() != SlackFailure.Kind.REFUSED) {
        throw e;
      }
      log.debug("Slack: the stream had ended ({})", e.getMessage());
    }
    return new Message(message.ts(), message.text(), message.choices(), false, message.since());
  }

  private String update(int part, String ts, Reply content) {
    try {
      chat.update(ts, part, content);
      return ts;
    } catch (SlackFailure e) {
      if (!e.code().equals("message_not_found")) {
        throw e;
      }
      String again = post(part, content);
      shown.accept(again);
      return again;
    }
  }

  /** What may have been taken is looked for before it is posted again. */
  private String post(int part, Reply content) {
    try {
      return chat.post(part, content);
    } catch (SlackFailure e) {
      if (e.kind() == SlackFailure.Kind.UNKNOWN) {
        platform.doubt(target);
        lookFirst = true;
      }
      throw e;
    }
  }

  private void add(Message message) {
    messages.add(message);
    shown.accept(message.ts());
  }

  private Instant now() {
    return platform.now();
  }

  private static Optional<String> known(Reply content) {
    return Optional.of(content.text());
  }
}
