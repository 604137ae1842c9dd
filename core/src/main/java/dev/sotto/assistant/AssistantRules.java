package dev.sotto.assistant;

import dev.sotto.assistant.Assistant.Kind;
import dev.sotto.assistant.Section.Located;
import java.util.HashSet;
import java.util.List;

/** What the fields of a definition ask of each other, beyond what each may be by itself. */
final class AssistantRules {
  private final Checker checker;

  AssistantRules(Checker checker) {
    this.checker = checker;
  }

  void check(Section file) {
    file.list("bindings", Section.class).forEach(this::binding);
    String kind = file.text("kind");
    if (!kind.isEmpty()) {
      kind(file, AssistantFile.constant(Kind.class, kind));
    }
  }

  private void kind(Section file, Kind kind) {
    List<Section> questions = file.list("questions", Section.class);
    switch (kind) {
      case CHAT -> {
        if (!file.has("instructions")) {
          checker.refuse(file.at(), "the key 'instructions' is missing; a chat needs them");
        }
        if (file.has("questions")) {
          checker.refuse(file.at("questions"), "'questions' need 'kind: quiz' or 'kind: form'");
        }
      }
      case QUIZ -> questions.forEach(this::quizQuestion);
      case FORM -> questions.forEach(this::formQuestion);
    }
    boolean none = !file.has("questions") || file.list("questions", Section.class).isEmpty();
    if (kind != Kind.CHAT && none) {
      checker.refuse(file.at("questions"), "a quiz or a form needs 'questions'");
    }
  }

  private void quizQuestion(Section question) {
    boolean choices = question.has("choices");
    distinct(question);
    only(question, choices ? "correct" : "answers", choices ? "answers" : "correct", choices);
    List<String> known = question.list("choices", String.class);
    for (Located right : question.located("correct")) {
      String text = (String) right.value();
      if (!known.isEmpty() && !known.contains(text)) {
        checker.refuse(
            right.at(),
            "'" + Nearest.shown(text) + "' is none of the choices" + Nearest.hint(text, known));
      }
    }
  }

  private void only(Section question, String needed, String excess, boolean choices) {
    String with = choices ? "with" : "without";
    if (!question.has(needed)) {
      checker.refuse(question.at(), "a question " + with + " choices needs '" + needed + "'");
    }
    if (question.has(excess)) {
      checker.refuse(
          question.at(excess),
          "'" + excess + "' does not go " + with + " choices; see '" + needed + "'");
    }
  }

  private void formQuestion(Section question) {
    distinct(question);
    for (String key : List.of("correct", "answers")) {
      if (question.has(key)) {
        checker.refuse(question.at(key), "'" + key + "' belongs to a quiz; a form judges nothing");
      }
    }
  }

  private void distinct(Section question) {
    List<String> choices = question.list("choices", String.class);
    if (new HashSet<>(choices).size() < choices.size()) {
      checker.refuse(question.at("choices"), "two choices are the same");
    }
  }

  private void binding(Section binding) {
    if (binding.has("slack") == binding.has("discord")) {
      checker.refuse(binding.at(), "a binding needs either 'slack' or 'discord'");
    } else if (binding.has("guild") && binding.has("slack")) {
      checker.refuse(binding.at("guild"), "'guild' goes with 'discord' only");
    }
  }
}
