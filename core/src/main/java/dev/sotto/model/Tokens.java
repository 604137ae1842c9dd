package dev.sotto.model;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;

/**
 * The rule by which tokens are estimated where a provider tells none: one for every four characters
 * begun, of what was sent and of what came back.
 */
final class Tokens {
  private static final int CHARACTERS_PER_TOKEN = 4;

  private Tokens() {}

  static long estimate(long characters) {
    return Math.ceilDiv(characters, CHARACTERS_PER_TOKEN);
  }

  static long estimate(ChatRequest request) {
    return estimate(request.messages().stream().mapToLong(Tokens::characters).sum());
  }

  static long estimate(Prompt prompt) {
    long passages = prompt.passages().stream().mapToLong(it -> it.text().length()).sum();
    long said = prompt.said().stream().mapToLong(it -> it.text().length()).sum();
    return estimate(prompt.instructions().length() + prompt.notes().length() + passages + said);
  }

  private static long characters(ChatMessage message) {
    return switch (message) {
      case SystemMessage it -> it.text().length();
      case UserMessage it -> it.singleText().length();
      case AiMessage it -> (it.text() == null ? 0 : it.text().length()) + asked(it);
      case ToolExecutionResultMessage it -> it.text().length();
      default -> 0;
    };
  }

  private static long asked(AiMessage message) {
    return message.toolExecutionRequests().stream()
        .mapToLong(it -> it.name().length() + String.valueOf(it.arguments()).length())
        .sum();
  }
}
