package dev.sotto.model;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the demo answers: from what it was told, from the passages, or honestly not at all. */
final class DemoScript {
  private static final String BANNER =
      "*This is Sotto's demo: a script, no language model. It works offline and needs no key.*\n\n";
  private static final String WHAT_IT_CAN =
      """
      Here is what you can try:
      - tell me something: “my name is Ada”, “I live in Oslo”, “my favourite tea is oolong”, \
      “remember that the door code changed”
      - ask for it again: “what is my name?”, “what do you remember?”
      - ask about my documents, if this assistant has some: I quote them and name the source
      - start another thread: it knows nothing of this one\
      """;
  private static final String UNKNOWN =
      "I do not know. I am only a script: I find answers in this assistant's documents and in what"
          + " you told me, and found nothing there. Say “help” to see what you can try.";

  private enum SmallTalk {
    GREETING(
        "(hello|hi|hey|hiya|howdy|good (morning|afternoon|evening)|greetings)( there| all| sotto)?",
        "Hello! Tell me your name, ask me something about my documents, or say “help”."),
    THANKS(
        "(many )?(thanks|thank you|thx|cheers)( a lot| so much| very much)?", "You are welcome."),
    GOODBYE("(good ?)?(bye|night)|see you( later| soon)?|ciao", "Goodbye! I am here when you are."),
    HELP(
        "help|help me|what can you do( for me)?|what can i (ask|do|try)|how does this work",
        WHAT_IT_CAN),
    WHO(
        "(who|what) are you|are you (a|an) (bot|ai|robot|human|language model|llm)|are you real",
        "I am the demo of Sotto: a script, and no language model. An operator who sets a key, such"
            + " as OPENAI_API_KEY, puts a real model in my place."),
    HOW("how are you( doing)?( today)?", "Always the same: I am deterministic. And you?");

    private final Pattern said;
    private final String reply;

    SmallTalk(String said, String reply) {
      this.said = Pattern.compile(said);
      this.reply = reply;
    }
  }

  private DemoScript() {}

  static String answer(Prompt prompt) {
    List<String> told =
        prompt.said().stream()
            .filter(said -> said.role() == Prompt.Role.PERSON)
            .map(Prompt.Said::text)
            .toList();
    boolean first = told.size() == prompt.said().size();
    return (first ? BANNER : "") + body(told, prompt.passages());
  }

  private static String body(List<String> told, List<Prompt.Passage> passages) {
    String last = told.getLast();
    var memory = DemoMemory.of(told);
    return memory
        .recall(last)
        .or(() -> DemoMemory.acknowledge(last))
        .or(() -> smallTalk(last))
        .or(() -> DemoQuotation.find(last, passages))
        .or(() -> memory.missing(last))
        .orElse(UNKNOWN);
  }

  private static Optional<String> smallTalk(String text) {
    String plain =
        text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L} ]", "").strip().replaceAll(" +", " ");
    for (SmallTalk talk : SmallTalk.values()) {
      if (talk.said.matcher(plain).matches()) {
        return Optional.of(talk.reply);
      }
    }
    return Optional.empty();
  }
}
