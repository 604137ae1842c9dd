package dev.sotto.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DemoModelTest {
  private static final List<Prompt.Passage> HANDBOOK =
      List.of(
          new Prompt.Passage(
              "handbook.md",
              "Resetting a password",
              "Open the sign-in page and choose *Forgot password*. The link lives for one hour."),
          new Prompt.Passage(
              "handbook.md", "On call", "On weekends the person on call is in #it-help."));

  private final DemoModel model = new DemoModel(Duration.ZERO);

  @Test
  void saysOnceInItsFirstLineThatItIsADemoAndNoLanguageModel() {
    String first = ask(List.of(), "Hello!");
    String second = ask(List.of(), "Hello!", first, "Thanks!");

    assertThat(first.lines().findFirst().orElseThrow()).contains("demo", "no language model");
    assertThat(second).isEqualTo("You are welcome.");
  }

  @ParameterizedTest
  @CsvSource({
    "My name is Ada.,What is my name?,Your name is **Ada**.",
    "hi! my name is Ada Lovelace,do you know my name?,Your name is **Ada Lovelace**.",
    "Call me Bob,Who am I?,Your name is **Bob**.",
    "I live in Oslo,where do I live?,You live in **Oslo**.",
    "My favorite tea is oolong!,what's my favourite tea,Your favourite tea is **oolong**.",
    "my dog is called Rex,What is my dog?,Your dog is **called Rex**.",
  })
  void remembersWhatItWasTold(String told, String question, String answer) {
    assertThat(ask(List.of(), told, "I will remember.", question)).isEqualTo(answer);
  }

  @Test
  void listsWhatItRemembersTheLaterWordCounting() {
    String answer =
        ask(
            List.of(),
            "My name is Ada and remember that the door code changed",
            "ok",
            "My name is Grace. I live in Arlington",
            "ok",
            "What do you remember about me?");

    assertThat(answer)
        .contains("Your name is **Grace**", "You live in **Arlington**", "the door code changed")
        .doesNotContain("Ada");
  }

  @Test
  void acknowledgesWhatItIsTold() {
    assertThat(ask(List.of(), "Hi", "Hello", "My name is Ada"))
        .startsWith("Nice to meet you!")
        .contains("your name is Ada");
  }

  @Test
  void quotesTheFittingPassageWithSourceAndHeading() {
    String answer = ask(HANDBOOK, "Hi", "Hello", "How do I reset my password?");

    assertThat(answer)
        .startsWith("Open the sign-in page")
        .endsWith("*Source: handbook.md, “Resetting a password”*");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"What is the airspeed of a swallow?", "🙂", "¿?", "Write a poem about rust"})
  void saysHonestlyThatItDoesNotKnow(String question) {
    assertThat(ask(HANDBOOK, "Hi", "Hello", question))
        .startsWith("I do not know.")
        .contains("help");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"help", "What can you do?", "Thank you!", "Good morning", "Are you a bot?"})
  void managesSmallTalk(String text) {
    assertThat(ask(List.of(), "Hi", "Hello", text)).doesNotContain("I do not know");
  }

  @Test
  void saysThatItWasNotTold() {
    assertThat(ask(List.of(), "Hi", "Hello", "What is my name?")).contains("not told me your name");
  }

  @Test
  void streamsWordByWordUntilItIsEnough() {
    var pieces = new ArrayList<String>();
    var prompt = prompt(List.of(), "help");

    Completion whole = model.complete(prompt, pieces::add);
    Completion cut = model.complete(prompt, _ -> false);

    assertThat(pieces).hasSizeGreaterThan(20);
    assertThat(String.join("", pieces)).isEqualTo(whole.text());
    assertThat(whole.cut()).isFalse();
    assertThat(cut.cut()).isTrue();
    assertThat(cut.text()).isEqualTo(pieces.getFirst());
  }

  private String ask(List<Prompt.Passage> passages, String... turns) {
    return model.complete(prompt(passages, turns), _ -> true).text();
  }

  private static Prompt prompt(List<Prompt.Passage> passages, String... turns) {
    var said = new ArrayList<Prompt.Said>();
    for (int i = 0; i < turns.length; i++) {
      var role = i % 2 == 0 ? Prompt.Role.PERSON : Prompt.Role.ASSISTANT;
      said.add(new Prompt.Said(role, turns[i]));
    }
    return new Prompt("", passages, said, 0);
  }
}
