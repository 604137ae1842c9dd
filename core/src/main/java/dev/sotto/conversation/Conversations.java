package dev.sotto.conversation;

import dev.sotto.assistant.Assistant;
import dev.sotto.assistant.Residents;
import dev.sotto.chat.Address;
import dev.sotto.chat.ChatEvent;
import dev.sotto.chat.ChatPlatform.PlaceName;
import dev.sotto.chat.Reply;
import dev.sotto.flow.Flow;
import dev.sotto.guard.Guard;
import dev.sotto.guard.Verdict;
import dev.sotto.memory.ConversationKey;
import dev.sotto.memory.Exchange;
import dev.sotto.memory.Memory;
import dev.sotto.memory.Recollection;
import dev.sotto.memory.Recollection.Role;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** Answers a message in the name of the assistant that lives at its address. */
@Singleton
public class Conversations {
  private final Residents residents;
  private final Allowance allowance;
  private final Memory memory;
  private final Guard guard;
  private final Speaker speaker;

  Conversations(
      Residents residents, Allowance allowance, Memory memory, Guard guard, Speaker speaker) {
    this.residents = residents;
    this.allowance = allowance;
    this.memory = memory;
    this.guard = guard;
    this.speaker = speaker;
  }

  /**
   * Thinks of an answer; remembers nothing yet.
   *
   * @param show told the whole text so far, as far as it may be seen, while it grows
   */
  public Answer answer(
      ChatEvent.Message message,
      Function<Address, Optional<PlaceName>> names,
      Consumer<String> show) {
    Assistant assistant = residents.at(message.address(), names);
    Verdict verdict =
        switch (allowance.admit(assistant, message)) {
          case Verdict.Admitted it -> guard.admit(it.text());
          case Verdict.Refused it -> it;
        };
    return switch (verdict) {
      case Verdict.Refused it -> Answer.unremembered(it.line());
      case Verdict.Admitted it -> {
        Answer answer = converse(assistant, message, it.text(), show);
        answer.exchange().ifPresent(_ -> allowance.answered(assistant, message.person()));
        yield answer;
      }
    };
  }

  private Answer converse(
      Assistant assistant, ChatEvent.Message message, String question, Consumer<String> show) {
    ConversationKey key = ConversationKey.of(assistant, message.address(), message.person());
    return switch (assistant.kind()) {
      case CHAT -> {
        Recollection past = memory.recall(key, 2 * assistant.memory().window());
        Speaker.Spoken spoken = speaker.speak(assistant, past.said(), question, show);
        Reply reply = withDamage(Reply.of(spoken.text()), past);
        yield spoken.worthRemembering()
            ? new Answer(reply, Optional.of(exchange(key, message, question, spoken.text(), false)))
            : new Answer(reply, Optional.empty());
      }
      case QUIZ, FORM -> {
        Recollection past = memory.recall(key, Memory.MOST);
        Flow.Step step = Flow.next(assistant, askedBy(past), question);
        yield new Answer(
            withDamage(step.reply(), past),
            Optional.of(exchange(key, message, question, step.reply().text(), step.ends())));
      }
    };
  }

  private static Exchange exchange(
      ConversationKey key,
      ChatEvent.Message message,
      String question,
      String answer,
      boolean closes) {
    return new Exchange(
        key, message.person(), message.messageId(), message.at(), question, answer, closes);
  }

  private static List<String> askedBy(Recollection past) {
    return past.said().stream()
        .filter(it -> it.role() == Role.PERSON)
        .map(Recollection.Said::text)
        .toList();
  }

  private static Reply withDamage(Reply reply, Recollection past) {
    return past.damaged() == 0
        ? reply
        : new Reply(
            reply.text()
                + "\n\n_Earlier messages here failed their integrity check and were left out: "
                + past.damaged()
                + ". Please tell your administrator._",
            reply.choices());
  }
}
