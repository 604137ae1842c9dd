package dev.sotto.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sotto.guard.Guard;
import dev.sotto.guard.ReleaseRules;
import dev.sotto.knowledge.Passage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SpeechTest {
  private final List<String> shown = new ArrayList<>();
  private final Speech speech =
      new Speech(
          new Guard().open(new ReleaseRules(Set.of(), List.of(), "", Set.of(), Optional.empty())),
          shown::add);

  @Test
  void showsEveryWordOnceAndInOrder() {
    speech.onText("One two ");
    speech.onText("three ");
    speech.onText("four.");

    assertThat(speech.end(List.of())).isEqualTo("One two three four.");
    assertThat(shown).isNotEmpty().allMatch("One two three four."::startsWith);
  }

  @Test
  void showsNoLinkThatIsNotListedWhileItGrows() {
    for (char letter : "See https://evil.example/x?secret now.".toCharArray()) {
      speech.onText(String.valueOf(letter));
    }

    assertThat(speech.end(List.of())).doesNotContain("https://");
    assertThat(shown).noneMatch(it -> it.contains("https://evil"));
  }

  @Test
  void saysWhereAnAnswerComesFromWhenItDoesNotSayItself() {
    speech.onText("Press the button.");

    assertThat(speech.end(List.of(new Passage("handbook.md", "Passwords", "Press the button."))))
        .isEqualTo("Press the button.\n\n_Source: handbook.md, Passwords_");
  }

  @Test
  void keepsWhatCameWhenTheModelBreaksOffAndSaysSo() {
    speech.onText("It begins with ");

    assertThat(speech.breakOff("The model broke off."))
        .isEqualTo("It begins with\n\n_The model broke off._");
  }

  @Test
  void stopsAModelThatDoesNotEnd() {
    boolean more = true;
    for (int i = 0; more && i < 1_000; i++) {
      more = speech.onText("a word after the other ".repeat(50));
    }

    assertThat(more).isFalse();
    assertThat(speech.end(List.of())).hasSizeLessThan(Speech.LONGEST + 100).endsWith("cut here._");
  }
}
