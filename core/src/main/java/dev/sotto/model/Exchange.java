package dev.sotto.model;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One question under way, on one thread. LangChain4j carries the answer from {@link Transport} to
 * here and nothing back, so the transport finds its exchange in a scoped value: to stop reading
 * when it is over, and to tell whether the stream reached its end mark.
 */
final class Exchange implements StreamingChatResponseHandler {
  static final ScopedValue<Exchange> CURRENT = ScopedValue.newInstance();
  private static final int MAX_CHARACTERS = 1_000_000;

  private final String model;
  private final Heard listener;
  private final String before;
  private final StringBuilder text = new StringBuilder();
  private int told;
  private boolean enough;
  private boolean garbage;
  private boolean closing;
  private boolean ended;
  private boolean tooLong;
  private boolean finished;
  private int inputTokens;
  private int outputTokens;
  private @Nullable AiMessage message;

  Exchange(String model, Heard listener) {
    this.model = model;
    this.listener = listener;
    this.before = listener.text();
  }

  @Override
  public void onPartialResponse(String piece) {
    text.append(piece);
  }

  @Override
  public void onError(Throwable error) {
    garbage = true;
  }

  @Override
  public void onCompleteResponse(ChatResponse response) {
    FinishReason finish = response.metadata().finishReason();
    boolean sure = finish != null && (finish != FinishReason.TOOL_EXECUTION || finished);
    ended |= sure || !closing;
    message = response.aiMessage();
    tooLong |= finish == FinishReason.LENGTH;
    TokenUsage usage = response.metadata().tokenUsage();
    if (usage != null) {
      inputTokens = usage.inputTokenCount() == null ? 0 : usage.inputTokenCount();
      outputTokens = usage.outputTokenCount() == null ? 0 : usage.outputTokenCount();
    }
  }

  /** Tells the listener what came since the last time, in one piece. */
  void tell() {
    int room = Math.max(0, MAX_CHARACTERS - before.length());
    if (text.length() > room) {
      text.setLength(room);
      enough = true;
    }
    if (told < text.length()) {
      String piece = text.substring(told);
      told = text.length();
      enough |= !listener.onText(piece);
    }
  }

  /** Whether there is nothing more to read for. */
  boolean over() {
    return enough || garbage;
  }

  /** The stream's end mark has been read. */
  void endMark() {
    ended = true;
  }

  boolean ended() {
    return ended;
  }

  /** A reason to finish has been read: LangChain4j makes one up where a function is called. */
  void finishReason() {
    finished = true;
  }

  /** What was read made no sense. */
  void garbage() {
    garbage = true;
  }

  /** The stream is at its end; a completion from now on proves no end mark by itself. */
  void closing() {
    closing = true;
  }

  ModelException failed(ModelException.Reason reason) {
    return ModelException.of(reason, model, listener.text());
  }

  ModelException refused(int status) {
    return ModelException.refused(status, model);
  }

  /**
   * What the call used, as far as is known. What the provider told of an answer that did not come
   * to its end may be too little, so the estimate counts if it is more.
   */
  long tokens(long estimatedInput) {
    return tokens(inputTokens, estimatedInput)
        + tokens(outputTokens, Tokens.estimate(text.length()));
  }

  private long tokens(int told, long estimated) {
    return told > 0 && ended ? told : Math.max(told, estimated);
  }

  /**
   * @throws ModelException what came is no whole answer
   */
  Completion completion() {
    Optional<ModelException.Reason> fault = fault();
    if (fault.isPresent()) {
      throw failed(fault.get());
    }
    return new Completion(listener.text(), model, enough || tooLong, inputTokens, outputTokens);
  }

  /** What the model asked for and waits for now; empty after the last word. */
  Optional<AiMessage> wants() {
    return Optional.ofNullable(message)
        .filter(it -> ended && !enough && !tooLong && it.hasToolExecutionRequests());
  }

  private Optional<ModelException.Reason> fault() {
    if (garbage) {
      return Optional.of(ModelException.Reason.GARBAGE);
    }
    if (!enough && !ended) {
      return Optional.of(ModelException.Reason.BROKEN_OFF);
    }
    boolean silent = text.toString().isBlank() && before.isBlank() && wants().isEmpty();
    return silent ? Optional.of(ModelException.Reason.EMPTY) : Optional.empty();
  }
}
