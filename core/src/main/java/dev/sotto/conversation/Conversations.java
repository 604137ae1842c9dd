package dev.sotto.conversation;

import dev.sotto.assistant.Assistant;
import dev.sotto.assistant.Residents;
import dev.sotto.chat.Address;
import dev.sotto.chat.ChatEvent;
import dev.sotto.chat.ChatPlatform.PlaceName;
import dev.sotto.chat.Reply;
import dev.sotto.crypto.IntegrityException;
import dev.sotto.flow.Flow;
import dev.sotto.guard.Guard;
import dev.sotto.guard.Verdict;
import dev.sotto.memory.ConversationKey;
import dev.sotto.memory.Exchange;
import dev.sotto.memory.Memory;
import dev.sotto.memory.Notes;
import dev.sotto.memory.Recollection;
import dev.sotto.memory.Recollection.Role;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers a message in the name of the assistant that lives at its address. */
@Singleton
public class Conversations {
  private static final Logger LOG = LoggerFactory.getLogger(Conversations.class);

  private static final String MISSING =
      """


      _Something that was said here before is missing or was changed: the integrity check failed, \
      and what cannot be proved was left out. Please tell your administrator; `chat new` starts \
      afresh._\
      """;

  private static final String UNKNOWN =
      "Which assistant answers here failed its integrity check, so none does. An administrator can"
          + " choose again with `assistant use`.";

  private final Residents residents;
  private final Allowance allowance;
  private final Memory memory;
  private final Guard guard;
  private final Speaker speaker;
  private final Summarizer summarizer;

  Conversations(
      Residents residents,
      Allowance allowance,
      Memory memory,
      Guard guard,
      Speaker speaker,
      Summarizer summarizer) {
    this.residents = residents;
    this.allowance = allowance;
    this.memory = memory;
    this.guard = guard;
    this.speaker = speaker;
    this.summarizer = summarizer;
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
    Assistant assistant;
    try {
      assistant = residents.at(message.address(), names);
    } catch (IntegrityException e) {
      LOG.error("nobody answers: {}", e.getMessage());
      return Answer.unremembered(UNKNOWN);
    }
    return answer(assistant, message, show);
  }

  private Answer answer(Assistant assistant, ChatEvent.Message message, Consumer<String> show) {
    Verdict verdict =
        switch (allowance.admit(assistant, message)) {
          case Verdict.Admitted it -> guard.admit(it.text());
          case Verdict.Refused it -> it;
        };
    return switch (verdict) {
      case Verdict.Refused it -> Answer.unremembered(it.line());
      case Verdict.Admitted it -> {
        Answer answer = converse(new Asked(assistant, message, it.text()), show);
        answer
            .exchange()
            .ifPresent(exchange -> {
              memory.ready(exchange.conversation());
              allowance.answered(assistant, message.person());
            });
        yield answer;
      }
    };
  }

  /**
   * What is remembered of a message takes its new words; words that are not admitted take it away.
   */
  public void revise(ChatEvent.Edit edit) {
    switch (guard.admit(edit.text())) {
      case Verdict.Admitted it -> memory.revise(edit.address(), edit.messageId(), it.text());
      case Verdict.Refused _ -> memory.forget(edit.address(), edit.messageId());
    }
  }

  /**
   * After the answer was shown: sums up what the assistant will be shown no more, if it is to.
   * Fails in the log only.
   */
  public void settle(ChatEvent.Message message, Function<Address, Optional<PlaceName>> names) {
    try {
      Assistant assistant = residents.at(message.address(), names);
      if (assistant.kind() == Assistant.Kind.CHAT && !Thread.currentThread().isInterrupted()) {
        summarizer.sumUp(
            assistant, ConversationKey.of(assistant, message.address(), message.person()));
      }
    } catch (RuntimeException e) {
      LOG.warn("a summary waits for a later turn: {}", e.getClass().getName());
    }
  }

  private Answer converse(Asked asked, Consumer<String> show) {
    return switch (asked.assistant().kind()) {
      case CHAT -> {
        Assistant assistant = asked.assistant();
        Recollection past = recall(asked, 2 * assistant.memory().window());
        Notes notes = summarizer.notes(assistant, asked.key());
        Speaker.Spoken spoken =
            speaker.speak(assistant, notes.text(), past.said(), asked.question(), show);
        Reply reply = withDamage(Reply.of(spoken.text()), past, notes.damaged());
        yield spoken.worthRemembering()
            ? new Answer(reply, Optional.of(asked.answered(spoken.text(), false)))
            : new Answer(reply, Optional.empty());
      }
      case QUIZ, FORM -> {
        Recollection past = recall(asked, Memory.MOST);
        Flow.Step step = Flow.next(asked.assistant(), askedBy(past), asked.question());
        yield new Answer(
            withDamage(step.reply(), past, 0),
            Optional.of(asked.answered(step.reply().text(), step.ends())));
      }
    };
  }

  private Recollection recall(Asked asked, int window) {
    return memory.recall(asked.key(), window, asked.assistant().memory().retention());
  }

  private static List<String> askedBy(Recollection past) {
    return past.said().stream()
        .filter(it -> it.role() == Role.PERSON)
        .map(Recollection.Said::text)
        .toList();
  }

  private static Reply withDamage(Reply reply, Recollection past, int others) {
    int damaged = past.damaged() + others;
    String text = reply.text();
    if (past.broken()) {
      text += MISSING;
    }
    if (damaged > 0) {
      text +=
          "\n\n_Earlier messages here failed their integrity check and were left out: "
              + damaged
              + ". Please tell your administrator._";
    }
    return text.equals(reply.text()) ? reply : new Reply(text, reply.choices());
  }

  /** A question that is to be answered, as the guard admitted it. */
  private record Asked(Assistant assistant, ChatEvent.Message message, String question) {
    ConversationKey key() {
      return ConversationKey.of(assistant, message.address(), message.person());
    }

    Exchange answered(String answer, boolean closes) {
      return new Exchange(
          key(),
          message.person(),
          message.messageId(),
          message.at(),
          question,
          answer,
          closes,
          assistant.memory().retention());
    }

    @Override
    public String toString() {
      return "Asked";
    }
  }
}
