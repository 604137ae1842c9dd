package dev.sotto.flow;

import dev.sotto.assistant.Assistant;
import dev.sotto.assistant.Question;
import dev.sotto.chat.Reply;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Leads through the questions of a quiz or a form, one at a time. */
public final class Flow {
  private static final Set<String> STOP = Set.of("stop", "quit", "exit", "cancel");

  private Flow() {}

  /**
   * The next step.
   *
   * @param before what the person said in this dialogue so far; the first words started it, each
   *     later one answered a question
   * @param now what they say now
   */
  public static Step next(Assistant assistant, List<String> before, String now) {
    List<Question> questions = assistant.questions();
    if (before.isEmpty()) {
      return ask(assistant, assistant.greeting(), 0);
    }
    int asked = Math.min(before.size(), questions.size()) - 1;
    List<String> answers = before.subList(1, asked + 1);
    if (STOP.contains(now.strip().toLowerCase(java.util.Locale.ROOT))) {
      return end(assistant, "Stopped.", score(questions, answers), asked);
    }
    Question question = questions.get(asked);
    int score = score(questions, answers) + (question.accepts(now) ? 1 : 0);
    String verdict = verdict(assistant, question, question.accepts(now));
    return asked + 1 < questions.size()
        ? ask(assistant, verdict, asked + 1)
        : end(assistant, verdict, score, questions.size());
  }

  private static Step ask(Assistant assistant, String before, int index) {
    List<Question> questions = assistant.questions();
    Question question = questions.get(index);
    String text =
        "%s\n\n**Question %d of %d.** %s"
            .formatted(before, index + 1, questions.size(), question.question())
            .strip();
    return new Step(
        new Reply(text, question.choices().stream().map(it -> new Reply.Choice(it, it)).toList()),
        false);
  }

  private static Step end(Assistant assistant, String before, int score, int of) {
    String text =
        switch (assistant.kind()) {
          case QUIZ ->
              "%s\n\n**Your score: %d of %d.** Write anything to play again."
                  .formatted(before, score, of);
          case FORM, CHAT -> before + "\n\nThank you, that was all.";
        };
    return new Step(Reply.of(text.strip()), true);
  }

  private static String verdict(Assistant assistant, Question question, boolean right) {
    if (assistant.kind() != Assistant.Kind.QUIZ) {
      return question.explanation();
    }
    String judged = right ? "Right." : "Not quite: " + question.answers().getFirst() + ".";
    return (judged + " " + question.explanation()).strip();
  }

  private static int score(List<Question> questions, List<String> answers) {
    return (int)
        IntStream.range(0, answers.size())
            .filter(it -> questions.get(it).accepts(answers.get(it)))
            .count();
  }

  /**
   * What is said next.
   *
   * @param ends whether the dialogue is over, so that the next words start a new one
   */
  public record Step(Reply reply, boolean ends) {}
}
