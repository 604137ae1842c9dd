package dev.sotto.model;

import dev.langchain4j.http.client.sse.ServerSentEvent;
import dev.langchain4j.http.client.sse.ServerSentEventContext;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParsingHandle;
import java.util.regex.Pattern;

/**
 * Makes events of lines, server-sent events or (Ollama) one JSON object a line, and hands them to
 * LangChain4j's reading of the provider.
 */
final class Events {
  private static final String DONE = "[DONE]";
  private static final String MESSAGE_STOP = "message_stop";

  /** In no text: there its quotes are escaped. */
  private static final Pattern FINISH = Pattern.compile("\"finish(?:R|_r)eason\"\\s*:\\s*\"");

  private final ServerSentEventListener listener;
  private final Exchange exchange;
  private final boolean serverSent;
  private final ServerSentEventContext context;
  private final StringBuilder data = new StringBuilder();
  private String name = "";
  private boolean any;

  Events(ServerSentEventListener listener, Exchange exchange, boolean serverSent) {
    this.listener = listener;
    this.exchange = exchange;
    this.serverSent = serverSent;
    this.context = new ServerSentEventContext(new Handle(exchange));
  }

  /** Whether there was an event at all. */
  boolean any() {
    return any;
  }

  void line(String line) {
    if (!serverSent) {
      data.append(line);
      event();
    } else if (line.isEmpty()) {
      event();
    } else if (line.startsWith("event:")) {
      name = line.substring("event:".length()).strip();
    } else if (line.startsWith("data:")) {
      data.append(data.isEmpty() ? "" : "\n").append(line.substring("data:".length()).strip());
    }
  }

  /** The stream is over; LangChain4j may now say what it made of it. */
  void close() {
    event();
    exchange.closing();
    guarded(listener::onClose);
    exchange.tell();
  }

  private void event() {
    if (!data.isEmpty() && !exchange.over()) {
      any = true;
      var event = new Fleeting(name, data.toString());
      guarded(() -> listener.onEvent(event, context));
      event.forget();
      if (FINISH.matcher(data).find()) {
        exchange.finishReason();
      }
      if (DONE.contentEquals(data) || name.equals(MESSAGE_STOP)) {
        exchange.endMark();
      }
    }
    data.setLength(0);
    name = "";
  }

  /** LangChain4j throws whatever JSON and providers make it throw, with their words inside. */
  @SuppressWarnings("CatchingUnchecked")
  private void guarded(Runnable reading) {
    try {
      reading.run();
    } catch (RuntimeException e) {
      exchange.garbage();
    }
  }

  /** An event that forgets its text, because LangChain4j keeps all events of a stream. */
  private static final class Fleeting extends ServerSentEvent {
    private String data;

    Fleeting(String event, String data) {
      super(event, "");
      this.data = data;
    }

    @Override
    public String data() {
      return data;
    }

    void forget() {
      data = "";
    }
  }

  private record Handle(Exchange exchange) implements ServerSentEventParsingHandle {
    @Override
    public void cancel() {}

    @Override
    public boolean isCancelled() {
      return false;
    }
  }
}
