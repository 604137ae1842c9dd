package dev.sotto.conversation;

import dev.sotto.assistant.Assistant;
import dev.sotto.assistant.Assistants;
import dev.sotto.guard.Guard;
import dev.sotto.guard.Redaction;
import dev.sotto.guard.ReleaseRules;
import dev.sotto.knowledge.Libraries;
import dev.sotto.knowledge.Passage;
import dev.sotto.memory.Recollection.Said;
import dev.sotto.model.ModelException;
import dev.sotto.model.Models;
import dev.sotto.model.Prompt;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Lets a model speak, and lets out what the guard releases. */
@Singleton
class Speaker {
  private static final int PASSAGES = 4;
  private static final double USUAL_TEMPERATURE = 1;

  private final Models models;
  private final Assistants assistants;
  private final Libraries libraries;
  private final Guard guard;
  private final Allowance allowance;
  private final Abilities abilities;

  Speaker(
      Models models,
      Assistants assistants,
      Libraries libraries,
      Guard guard,
      Allowance allowance,
      Abilities abilities) {
    this.models = models;
    this.assistants = assistants;
    this.libraries = libraries;
    this.guard = guard;
    this.allowance = allowance;
    this.abilities = abilities;
  }

  Spoken speak(
      Assistant assistant, String notes, List<Said> past, String question, Consumer<String> show) {
    List<Passage> passages =
        libraries
            .of(assistant.version(), () -> assistants.documents(assistant))
            .find(question, PASSAGES);
    Speech speech = new Speech(guard.open(rules(assistant, passages)), show);
    try {
      models.answer(
          assistant.models(),
          prompt(assistant, notes, past, question, passages),
          abilities.of(assistant, redactions(assistant)),
          speech);
      return new Spoken(speech.end(passages), true);
    } catch (ModelException e) {
      boolean begun = !speech.visible().isBlank();
      return new Spoken(speech.breakOff(e.honestLine()), begun);
    } finally {
      allowance.spent(assistant, speech.tokens());
    }
  }

  private Prompt prompt(
      Assistant assistant, String notes, List<Said> past, String question, List<Passage> passages) {
    Set<Redaction> redact = redactions(assistant);
    Stream<Prompt.Said> before = past.stream().map(it -> said(it, redact));
    Stream<Prompt.Said> now =
        Stream.of(new Prompt.Said(Prompt.Role.PERSON, guard.redact(question, redact)));
    return new Prompt(
        assistant.instructions(),
        guard.redact(notes, redact),
        passages.stream()
            .map(it -> new Prompt.Passage(it.source(), it.heading(), it.text()))
            .toList(),
        Stream.concat(before, now).toList(),
        assistant.temperature().orElse(USUAL_TEMPERATURE));
  }

  private Prompt.Said said(Said said, Set<Redaction> redact) {
    Prompt.Role role =
        switch (said.role()) {
          case PERSON -> Prompt.Role.PERSON;
          case ASSISTANT -> Prompt.Role.ASSISTANT;
        };
    return new Prompt.Said(role, guard.redact(said.text(), redact));
  }

  private static ReleaseRules rules(Assistant assistant, List<Passage> passages) {
    return new ReleaseRules(
        assistant.guard().links(),
        passages.stream().map(Passage::text).toList(),
        assistant.instructions(),
        redactions(assistant),
        Optional.empty());
  }

  static Set<Redaction> redactions(Assistant assistant) {
    return assistant.guard().redact().stream()
        .map(it -> Redaction.valueOf(it.name()))
        .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * What was said.
   *
   * @param worthRemembering whether a model said any of it
   */
  record Spoken(String text, boolean worthRemembering) {
    @Override
    public String toString() {
      return "Spoken";
    }
  }
}
