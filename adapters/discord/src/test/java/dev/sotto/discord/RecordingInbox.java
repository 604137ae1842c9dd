package dev.sotto.discord;

import dev.sotto.chat.ChatEvent;
import dev.sotto.chat.Inbox;
import dev.sotto.chat.InboxUnavailableException;
import dev.sotto.chat.Platform;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Keeps events in memory, once each, and hands every new one to whoever answers. */
final class RecordingInbox implements Inbox {
  private final List<ChatEvent> events = new ArrayList<>();
  private final Set<String> ids = new HashSet<>();
  private final Map<Object, Seen> places = new LinkedHashMap<>();
  private Consumer<ChatEvent> answerer = _ -> {};
  private int failures;

  @Override
  public synchronized Receipt accept(ChatEvent event) {
    if (failures > 0) {
      failures--;
      throw new InboxUnavailableException("on purpose", new IllegalStateException());
    }
    if (ids.contains(event.id())) {
      return Receipt.REPEATED;
    }
    if (event instanceof ChatEvent.Message message) {
      boolean followUp =
          message.address().thread().isPresent() && places.containsKey(message.address());
      if (!message.toUs() && !followUp) {
        return Receipt.IGNORED;
      }
      places.put(message.address(), new Seen(message.address(), message.at()));
    }
    ids.add(event.id());
    events.add(event);
    Thread.ofVirtual().start(() -> answerer.accept(event));
    return Receipt.ACCEPTED;
  }

  @Override
  public synchronized List<Seen> places(Platform platform) {
    return List.copyOf(places.values());
  }

  synchronized void answerWith(Consumer<ChatEvent> consumer) {
    answerer = consumer;
  }

  /** The next events are not taken. */
  synchronized void fail(int times) {
    failures = times;
  }

  synchronized List<ChatEvent> events() {
    return List.copyOf(events);
  }

  List<String> texts() {
    return events().stream()
        .filter(ChatEvent.Message.class::isInstance)
        .map(event -> ((ChatEvent.Message) event).text())
        .toList();
  }
}
