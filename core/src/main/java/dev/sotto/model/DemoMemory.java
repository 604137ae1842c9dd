package dev.sotto.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the demo was told in a conversation: facts of the form “my … is …”, and things to keep. */
record DemoMemory(Map<String, String> facts, Set<String> notes) {
  private static final String HOME = "home";
  private static final Pattern MY =
      pattern("\\bmy ([\\p{L}][\\p{L} '’-]{0,40}?) (?:is|are) ([^.!?\\n]{1,80})");
  private static final Pattern CALLED =
      pattern("\\b(?:i am called|i'm called|call me) ([^.!?,\\n]{1,40})");
  private static final Pattern LIVE = pattern("\\bi live in ([^.!?,\\n]{1,60})");
  private static final Pattern NOTE =
      pattern("\\b(?:remember|do not forget|don't forget)(?: that|:) ([^\\n]{1,200})");
  private static final Pattern ASKED =
      pattern("\\b(?:what|who|which)(?: is|'s|’s| are|s) my ([\\p{L}][\\p{L} '’-]{0,40})");
  private static final Pattern ASKED_NAME =
      pattern("\\bwho am i\\b|\\bdo you (?:know|remember) my name\\b");
  private static final Pattern ASKED_HOME = pattern("\\bwhere do i live\\b");
  private static final Pattern ASKED_ALL =
      pattern("\\bwhat (?:do|did|can) you (?:remember|know|recall)\\b(?! about (?!me\\b))");

  private static Pattern pattern(String regex) {
    return Pattern.compile(regex, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
  }

  /** Reads what was told, oldest first; what came later counts. */
  static DemoMemory of(List<String> told) {
    var facts = new LinkedHashMap<String, String>();
    var notes = new LinkedHashSet<String>();
    for (String text : told) {
      each(NOTE, text, m -> notes.add(clean(m.group(1))));
      String rest = NOTE.matcher(text).replaceAll("");
      each(MY, rest, m -> facts.put(key(m.group(1)), clean(m.group(2))));
      each(CALLED, rest, m -> facts.put("name", clean(m.group(1))));
      each(LIVE, rest, m -> facts.put(HOME, clean(m.group(1))));
    }
    return new DemoMemory(facts, notes);
  }

  /** Answers a question about what it was told, as far as it knows. */
  Optional<String> recall(String question) {
    if (ASKED_ALL.matcher(question).find()) {
      return Optional.of(everything());
    }
    return asked(question).filter(facts::containsKey).map(key -> sentence(key, "**") + ".");
  }

  /** Says that it was not told, when that was the question. */
  Optional<String> missing(String question) {
    return asked(question)
        .map(key ->
            key.equals(HOME)
                ? "You have not told me where you live. Try “I live in …”."
                : "You have not told me your " + key + ". Try “my " + key + " is …”.");
  }

  /** Repeats what a message told it, so that a person sees it was understood. */
  static Optional<String> acknowledge(String text) {
    var heard = of(List.of(text));
    var known = new ArrayList<String>();
    heard.facts.keySet().forEach(key -> known.add("y" + heard.sentence(key, "").substring(1)));
    heard.notes.forEach(note -> known.add("“" + note + "”"));
    if (known.isEmpty()) {
      return Optional.empty();
    }
    String greeting = heard.facts.containsKey("name") ? "Nice to meet you! " : "";
    return Optional.of(
        greeting
            + "I will remember, in this conversation: "
            + String.join("; ", known)
            + ". Ask me “what do you remember?” whenever you like.");
  }

  private String everything() {
    if (facts.isEmpty() && notes.isEmpty()) {
      return "Nothing yet. Tell me something, like “my name is Ada”.";
    }
    var lines = new StringBuilder("From this conversation I remember:");
    facts.keySet().forEach(key -> lines.append("\n- ").append(sentence(key, "**")));
    notes.forEach(note -> lines.append("\n- ").append(note));
    return lines.toString();
  }

  private String sentence(String key, String mark) {
    String value = mark + facts.getOrDefault(key, "") + mark;
    return key.equals(HOME) ? "You live in " + value : "Your " + key + " is " + value;
  }

  private static Optional<String> asked(String question) {
    if (ASKED_NAME.matcher(question).find()) {
      return Optional.of("name");
    }
    if (ASKED_HOME.matcher(question).find()) {
      return Optional.of(HOME);
    }
    Matcher asked = ASKED.matcher(question);
    return asked.find() ? Optional.of(key(asked.group(1))) : Optional.empty();
  }

  private static String key(String words) {
    return words.strip().toLowerCase(Locale.ROOT).replace("favorite", "favourite");
  }

  private static String clean(String value) {
    return value.strip().replaceAll("[.!?\\s]+$", "");
  }

  private static void each(Pattern pattern, String text, Consumer<Matcher> found) {
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      found.accept(matcher);
    }
  }

  @Override
  public String toString() {
    return "DemoMemory[" + facts.size() + " facts, " + notes.size() + " notes]";
  }
}
