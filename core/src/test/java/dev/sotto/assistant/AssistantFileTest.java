package dev.sotto.assistant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sotto.assistant.AssistantFile.Bad;
import dev.sotto.assistant.AssistantFile.Good;
import dev.sotto.chat.Platform;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AssistantFileTest {
  private static final String HEAD =
      """
      id: desk
      name: Desk
      instructions: Be kind.
      """;

  @Test
  void readsEveryField() {
    Assistant desk =
        good(
            """
            id: desk
            name: Desk
            description: Helps.
            kind: chat
            model: [anthropic/claude-sonnet-4-5, ollama/llama3.1:8b]
            temperature: 0.2
            instructions: |
              Be kind.
              Be brief.
            greeting: Hello!
            prompts: [Reset my password, Who is on call?]
            memory: {scope: person, window: 7, summary: true, facts: ask, retention: 2w}
            tools: [{name: clock}, {name: jira.create, approval: always}]
            limits: {messages-per-person: 50/day, tokens: 2000000/month}
            bindings: [{slack: "#it-help"}, {discord: "help", guild: "Acme"}]
            guard: {redact: [email, card, iban], links: [example.com]}
            access: {use: everyone, edit: [role:it, "slack:U1", admins]}
            """);

    assertThat(desk.models()).containsExactly("anthropic/claude-sonnet-4-5", "ollama/llama3.1:8b");
    assertThat(desk.temperature()).contains(0.2);
    assertThat(desk.instructions()).isEqualTo("Be kind.\nBe brief.");
    assertThat(desk.memory())
        .isEqualTo(
            new Assistant.Memory(
                Assistant.Scope.PERSON, 7, true, Assistant.Facts.ASK, Duration.ofDays(14)));
    assertThat(desk.tools())
        .containsExactly(
            new Assistant.Tool("clock", Assistant.Approval.AUTO),
            new Assistant.Tool("jira.create", Assistant.Approval.ALWAYS));
    assertThat(desk.limits().messagesPerPerson())
        .contains(new Assistant.Rate(50, Assistant.Period.DAY));
    assertThat(desk.limits().tokens()).get().hasToString("2000000/month");
    assertThat(desk.bindings())
        .containsExactly(
            new Binding(Platform.SLACK, "it-help", Optional.empty()),
            new Binding(Platform.DISCORD, "help", Optional.of("Acme")));
    assertThat(desk.guard())
        .isEqualTo(
            new Assistant.Guard(Set.of(Assistant.Redaction.values()), Set.of("example.com")));
    assertThat(desk.access())
        .isEqualTo(
            new Assistant.Access(
                List.of(new Who.Everyone()),
                List.of(new Who.Role("it"), new Who.One(Platform.SLACK, "U1"), new Who.Admins())));
  }

  @Test
  void fillsInWhatIsLeftOut() {
    Assistant desk = good(HEAD);

    assertThat(desk.kind()).isEqualTo(Assistant.Kind.CHAT);
    assertThat(desk.models()).containsExactly("demo/handbook");
    assertThat(desk.temperature()).isEmpty();
    assertThat(desk.memory().scope()).isEqualTo(Assistant.Scope.THREAD);
    assertThat(desk.memory().window()).isEqualTo(40);
    assertThat(desk.memory().retention()).isEqualTo(Duration.ofDays(90));
    assertThat(desk.access().edit()).containsExactly(new Who.Admins());
    assertThat(desk.bindings()).isEmpty();
  }

  @Test
  void readsQuestionsWithButtonsAndInTheShortForm() {
    Assistant buttons =
        good(
            """
            id: quiz
            name: Quiz
            kind: quiz
            questions:
              - {question: Which?, choices: [left, right], correct: right, explanation: Because.}
            """);
    Assistant brief =
        good("id: quiz\nname: Quiz\nkind: quiz\nquestions: {What is 6*7?: [forty-two, '42']}");

    assertThat(buttons.questions())
        .containsExactly(
            new Question("Which?", List.of("left", "right"), List.of("right"), "Because."));
    assertThat(brief.questions())
        .containsExactly(new Question("What is 6*7?", List.of(), List.of("forty-two", "42"), ""));
  }

  @Test
  void doesNotPrintInstructions() {
    assertThat(good(HEAD).toString()).startsWith("Assistant[desk ").doesNotContain("kind");
  }

  @Test
  void givesEveryTextAVersionOfItsOwn() {
    assertThat(good(HEAD).version())
        .matches("[0-9a-f]{12}")
        .isEqualTo(good(HEAD).version())
        .isNotEqualTo(good(HEAD + "greeting: Hi").version());
  }

  /** Three good lines stand before each; ¶ is a new line. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "memory:¶  scop: person | 5:3: unknown key 'scop'; did you mean 'scope'?",
        "Greeting: Hi | 4:1: unknown key 'Greeting'; did you mean 'greeting'?",
        "zzzzzz: 1 | 4:1: unknown key 'zzzzzz'; known: id, name, description, kind, model,"
            + " temperature, instructions, greeting, prompts, memory, knowledge, tools, limits,"
            + " bindings, guard, access, questions",
        "name: Twice | 4:1: the key 'name' stands here twice",
        "kind: quizz | 4:7: unknown kind 'quizz'; did you mean 'quiz'?",
        "memory: {scope: everything} | 4:17: unknown scope 'everything'; known: person, thread,"
            + " channel",
        "model: antropic/claude | 4:8: unknown model 'antropic'; did you mean" + " 'anthropic'?",
        "access: {use: staff} | 4:15: unknown use 'staff'; known: everyone, admins, role:person,"
            + " slack:person, discord:person",
        "temperature: warm | 4:14: 'temperature' must be a number from 0 to 2",
        "temperature: 2.1 | 4:14: 'temperature' must be a number from 0 to 2",
        "memory: {window: 0} | 4:18: 'window' must be a whole number from 1 to 500",
        "memory: {window: 1.5} | 4:18: 'window' must be a whole number from 1 to 500",
        "memory: {window: 0x10} | 4:18: 'window' must be a whole number from 1 to 500",
        "memory: {summary: maybe} | 4:19: 'summary' must be true or false",
        "memory: {retention: soon} | 4:21: 'retention' must be a time such as 12h, 90d, 2w or"
            + " 1y, from 1h to 3650d",
        "memory: {retention: 11y} | 4:21: 'retention' must be a time such as 12h, 90d, 2w or 1y,"
            + " from 1h to 3650d",
        "limits: {tokens: 50} | 4:18: 'tokens' must be a number per minute, hour, day or month,"
            + " such as 50/day, at most 1000000000000",
        "greeting: 42 | 4:11: 'greeting' must be text, at most 2,000 characters; a number or"
            + " true needs quotes",
        "greeting: [a] | 4:11: 'greeting' must be text, at most 2,000 characters",
        "prompts: Why? | 4:10: 'prompts' must be a list, such as [one, two]",
        "prompts: [a, b, c, d, e] | 4:10: 'prompts' has 5 entries; 0 to 4 may be",
        "memory: long | 4:9: 'memory' must be a mapping of scope, window, summary, facts,"
            + " retention",
        "greeting: | 4:10: 'greeting' has no value; remove the key, or quote a value that starts"
            + " with #",
        "tools: [{approval: never}] | 4:9: the key 'name' is missing",
        "bindings: [{guild: Acme}] | 4:12: a binding needs either 'slack' or 'discord'",
        "bindings: [{slack: a, discord: b}] | 4:12: a binding needs either 'slack' or 'discord'",
        "bindings: [{slack: a, guild: Acme}] | 4:30: 'guild' goes with 'discord' only",
        "bindings:¶  - slack: #it-help | 5:11: 'slack' has no value; remove the key, or quote a"
            + " value that starts with #",
        "guard: {links: ['https://example.com']} | 4:17: 'links' must be a host name such as"
            + " example.com, at most 253 characters",
        "knowledge: [handbook.md] | 4:13: there is no file 'handbook.md' beside this one",
        "knowledge: [handbook.pdf] | 4:13: 'knowledge' must be the name of a .md or .txt file"
            + " beside this one, such as handbook.md, at most 200 characters",
        "questions: {Why?: [because]} | 4:12: 'questions' need 'kind: quiz' or 'kind: form'",
        "kind: quiz | 1:1: a quiz or a form needs 'questions'",
        "kind: quiz¶questions:¶- question: Why?¶  choices: [yes, no]"
            + " | 6:3: a question with choices needs 'correct'",
        "kind: quiz¶questions:¶- question: Why?¶  choices: [left, right]¶  correct: wright"
            + " | 8:12: 'wright' is none of the choices; did you mean 'right'?",
        "kind: quiz¶questions:¶- question: Why?¶  choices: [a, a]¶  correct: a"
            + " | 7:12: two choices are the same",
        "kind: quiz¶questions:¶- question: Why?¶  choices: [a]¶  correct: a"
            + " | 7:12: 'choices' has 1 entries; 2 to 5 may be",
        "kind: quiz¶questions:¶- question: Why?¶  answers: [a]¶  correct: a"
            + " | 8:12: 'correct' does not go without choices; see 'answers'",
        "kind: form¶questions:¶- question: Why?¶  answers: [a]"
            + " | 7:12: 'answers' belongs to a quiz; a form judges nothing",
        "greeting: 'open | 5:1: not YAML: found unexpected end of stream",
        "a: b: c | 4:5: not YAML: mapping values are not allowed here",
        "greeting: *name | 4:11: aliases (*name) are not allowed; write the value out",
        "greeting: !!java.io.File [x] | 4:11: tags (!name) are not allowed",
        "---¶id: other | 4:1: a second document begins; one file holds one assistant",
      })
  void tellsEachMistakeWithItsPlaceAndTheMend(String more, String problem) {
    assertThat(bad(HEAD + more.replace('¶', '\n') + "\n")).containsExactly("desk.yaml:" + problem);
  }

  @Test
  void tellsSeveralMistakesInTheOrderOfTheFile() {
    assertThat(bad("id: Desk\ninstructionz: x\nmemory: {window: x, scope: persn}\n"))
        .containsExactly(
            "desk.yaml:1:1: the key 'name' is missing",
            "desk.yaml:1:1: the key 'instructions' is missing; a chat needs them",
            "desk.yaml:1:5: 'id' must be a short name such as helpdesk, of a-z, 0-9 and '-',"
                + " beginning with a letter, at most 32 characters",
            "desk.yaml:2:1: unknown key 'instructionz'; did you mean 'instructions'?",
            "desk.yaml:3:18: 'window' must be a whole number from 1 to 500",
            "desk.yaml:3:28: unknown scope 'persn'; did you mean 'person'?");
  }

  @Test
  void neverRepeatsAWrongTextInAMessage() {
    String secret = "the merger with Globex " + "x".repeat(20_000);

    assertThat(bad("id: desk\nname: Desk\ninstructions: " + secret))
        .containsExactly("desk.yaml:3:15: 'instructions' must be text, at most 20,000 characters");
  }

  @Test
  void refusesWhatIsNoMappingOrNoText() {
    assertThat(bad("")).containsExactly("desk.yaml:1:1: the file is empty");
    assertThat(bad("# nothing\n")).containsExactly("desk.yaml:1:1: the file is empty");
    assertThat(bad("- id: desk").getFirst())
        .startsWith("desk.yaml:1:1: the file must be a mapping");
    assertThat(bad("id: a\nname: \u0007"))
        .containsExactly("desk.yaml:2:7: the character U+0007 is not allowed");
    assertThat(problems(new byte[] {'i', 'd', ':', ' ', (byte) 0xC3}))
        .containsExactly("desk.yaml:1:1: not UTF-8 text");
  }

  private static Assistant good(String yaml) {
    return switch (AssistantFile.parse("desk.yaml", yaml.getBytes(StandardCharsets.UTF_8))) {
      case Good good -> good.assistant();
      case Bad bad -> throw new AssertionError(bad.problems());
    };
  }

  private static List<String> bad(String yaml) {
    return problems(yaml.getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> problems(byte[] yaml) {
    return switch (AssistantFile.parse("desk.yaml", yaml)) {
      case Good good -> throw new AssertionError(good + " was accepted");
      case Bad bad -> bad.problems().stream().map(Problem::toString).toList();
    };
  }
}
