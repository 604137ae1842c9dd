package dev.sotto.inbox;

import dev.sotto.chat.ChatEvent;
import dev.sotto.chat.ChatPlatform;
import dev.sotto.chat.LiveReply;
import dev.sotto.chat.Platform;
import dev.sotto.chat.PlatformException;
import dev.sotto.chat.Reply;
import dev.sotto.chat.ReplyTarget;
import dev.sotto.command.Commands;
import dev.sotto.conversation.Answer;
import dev.sotto.conversation.Conversations;
import dev.sotto.crypto.Domain;
import dev.sotto.crypto.ErasedException;
import dev.sotto.crypto.Vault;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

/** Brings one event to its end: answers it or runs it, and shows the reply. */
@Singleton
class EventRouter {
  static final String DELETED = "_The message was deleted, and so is the answer to it._";

  private final Events events;
  private final Conversations conversations;
  private final Commands commands;
  private final Vault vault;
  private final AtomicReference<Map<Platform, ChatPlatform>> platforms =
      new AtomicReference<>(Map.of());

  EventRouter(Events events, Conversations conversations, Commands commands, Vault vault) {
    this.events = events;
    this.conversations = conversations;
    this.commands = commands;
    this.vault = vault;
  }

  void connect(Collection<ChatPlatform> connected) {
    Map<Platform, ChatPlatform> map = new EnumMap<>(Platform.class);
    connected.forEach(it -> map.put(it.platform(), it));
    platforms.set(Map.copyOf(map));
  }

  /**
   * Answers, and returns when the platform has taken the answer.
   *
   * @throws PlatformException it did not; the answer, once there is one, is kept with the event
   */
  void route(Pending pending) {
    switch (pending.kept().event()) {
      case ChatEvent.Message it -> answer(pending, it);
      case ChatEvent.Command it -> run(pending, it);
      case ChatEvent.Deletion it -> events.forget(it);
    }
    events.close(pending.id(), EventState.DONE);
    if (pending.kept().event() instanceof ChatEvent.Message it) {
      conversations.settle(it, platform(it)::name);
    }
  }

  /** Whether an event may take minutes, and those behind it in its lane must not wait for it. */
  boolean takesLong(Pending pending) {
    return pending.kept().event() instanceof ChatEvent.Command it && commands.takesLong(it);
  }

  /** Tells the person alone that their command came to nothing. */
  void tell(ChatEvent.Command command, String line) {
    platform(command).answer(command, Reply.of(line));
  }

  /** Says one line in the place of an event that cannot be answered. */
  void say(UUID event, ChatEvent.Message inPlaceOf, String line) {
    try (LiveReply live = platform(inPlaceOf).open(target(event, inPlaceOf, List.of()), _ -> {})) {
      live.finish(Reply.of(line));
    }
  }

  private void answer(Pending taken, ChatEvent.Message message) {
    Progress progress = new Progress(taken, events::shown);
    ReplyTarget target = target(taken.id(), message, taken.kept().shown());
    try (LiveReply live = platform(message).open(target, progress::shown)) {
      live.finish(taken.kept().answer().orElseGet(() -> think(progress, message, live)));
    } catch (PlatformException e) {
      progress.failed();
      throw e;
    }
  }

  private void run(Pending taken, ChatEvent.Command command) {
    try (LiveReply live = platform(command).open(command)) {
      live.finish(taken.kept().answer().orElseGet(() -> carryOut(taken, command, live)));
    }
  }

  /** What took long is not done again because its answer was not taken. */
  private Reply carryOut(Pending taken, ChatEvent.Command command, LiveReply live) {
    ChatPlatform platform = platform(command);
    Reply reply = commands.run(command, platform::name, it -> live.show(it.text())).reply();
    if (commands.takesLong(command)) {
      events.carriedOut(taken, reply);
    }
    return reply;
  }

  private Reply think(Progress progress, ChatEvent.Message message, LiveReply live) {
    try {
      Answer answer = conversations.answer(message, platform(message)::name, live::show);
      progress.advance(pending -> events.answered(pending, answer));
      return answer.reply();
    } catch (SupersededException | ErasedException e) {
      if (progress.isVisible()) {
        return Reply.of(DELETED);
      }
      throw e;
    }
  }

  private ReplyTarget target(UUID event, ChatEvent.Message message, List<String> shown) {
    String workspace = message.address().workspace().key();
    String key = vault.fingerprint(workspace, Domain.REPLY, event.toString()).key();
    return new ReplyTarget(key, message.address(), message.person(), message.messageId(), shown);
  }

  private ChatPlatform platform(ChatEvent event) {
    Platform platform = event.address().workspace().platform();
    return Optional.ofNullable(platforms.get().get(platform))
        .orElseThrow(() ->
            PlatformException.temporary(
                platform.key() + " is not connected", Duration.ofSeconds(10)));
  }
}
