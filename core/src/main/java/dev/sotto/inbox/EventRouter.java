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
import dev.sotto.telemetry.Result;
import dev.sotto.telemetry.Step;
import dev.sotto.telemetry.Telemetry;
import dev.sotto.telemetry.Timing;
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
  private final Leases leases;
  private final Telemetry telemetry;
  private final AtomicReference<Map<Platform, ChatPlatform>> platforms =
      new AtomicReference<>(Map.of());

  EventRouter(
      Events events,
      Conversations conversations,
      Commands commands,
      Vault vault,
      Leases leases,
      Telemetry telemetry) {
    this.leases = leases;
    this.telemetry = telemetry;
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
   * @throws LeaseLostException another answers it
   */
  void route(Pending pending) {
    try (Timing timing = telemetry.begin(Step.TURN, on(pending.kept().event()))) {
      try {
        take(pending);
        timing.outcome(Result.DONE);
      } catch (SupersededException | ErasedException | LeaseLostException e) {
        timing.outcome(Result.GONE);
        throw e;
      }
    }
  }

  private void take(Pending pending) {
    switch (pending.kept().event()) {
      case ChatEvent.Message it -> answer(pending, it);
      case ChatEvent.Command it -> run(pending, it);
      case ChatEvent.Edit it -> conversations.revise(it);
      case ChatEvent.Deletion it -> events.forget(it);
    }
  }

  /** What can wait until people have their answer. */
  void settle(ChatEvent.Message answered) {
    conversations.settle(answered, address -> platform(answered).name(address));
  }

  /** Whether an event may take minutes, and those behind it in its lane must not wait for it. */
  boolean takesLong(Pending pending) {
    return pending.kept().event() instanceof ChatEvent.Command it && commands.takesLong(it);
  }

  /** Tells in one line that nothing comes of an event: of a command its person alone. */
  void tell(UUID id, ChatEvent event, String line) {
    switch (event) {
      case ChatEvent.Command it -> platform(it).answer(it, Reply.of(line));
      case ChatEvent.Message it -> {
        try (LiveReply live = platform(it).open(target(id, it, List.of()), _ -> {})) {
          live.finish(Reply.of(line));
        }
      }
      case ChatEvent.Edit _, ChatEvent.Deletion _ -> {}
    }
  }

  private void answer(Pending taken, ChatEvent.Message message) {
    Progress progress = new Progress(taken, events::shown);
    ReplyTarget target = target(taken.id(), message, taken.kept().shown());
    try (LiveReply live = platform(message).open(target, progress::shown)) {
      Reply reply = taken.kept().answer().orElseGet(() -> think(progress, message, live));
      leases.check(taken.lease());
      finish(live, reply, on(message));
    } catch (PlatformException e) {
      progress.failed();
      throw e;
    }
  }

  private void run(Pending taken, ChatEvent.Command command) {
    try (LiveReply live = platform(command).open(command)) {
      Reply reply = taken.kept().answer().orElseGet(() -> carryOut(taken, command, live));
      leases.check(taken.lease());
      finish(live, reply, on(command));
    }
  }

  private void finish(LiveReply live, Reply reply, Platform platform) {
    try (Timing timing = telemetry.begin(Step.SEND, platform)) {
      live.finish(reply);
      timing.outcome(Result.DONE);
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
      Answer answer =
          conversations.answer(
              message, platform(message)::name, text -> show(progress, live, text));
      progress.advance(pending -> events.answered(pending, answer));
      return answer.reply();
    } catch (SupersededException | ErasedException e) {
      if (progress.isVisible()) {
        return Reply.of(DELETED);
      }
      throw e;
    }
  }

  private void show(Progress progress, LiveReply live, String text) {
    leases.check(progress.lease());
    live.show(text);
  }

  private ReplyTarget target(UUID event, ChatEvent.Message message, List<String> shown) {
    String workspace = message.address().workspace().key();
    String key = vault.fingerprint(workspace, Domain.REPLY, event.toString()).key();
    return new ReplyTarget(key, message.address(), message.person(), message.messageId(), shown);
  }

  private static Platform on(ChatEvent event) {
    return event.address().workspace().platform();
  }

  private ChatPlatform platform(ChatEvent event) {
    Platform platform = on(event);
    return Optional.ofNullable(platforms.get().get(platform))
        .orElseThrow(() ->
            PlatformException.temporary(
                platform.key() + " is not connected", Duration.ofSeconds(10)));
  }
}
