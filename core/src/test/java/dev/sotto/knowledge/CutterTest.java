package dev.sotto.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CutterTest {

  @Test
  void cutsAtHeadingsAndNamesThePathToEach() {
    List<Passage> passages =
        Cutter.cut("a.md", "Before.\n# One\nText.\n\n## Two ##\nMore.\n# Three\n### Deep\nEnd.\n");

    assertThat(passages)
        .containsExactly(
            new Passage("a.md", "", "Before."),
            new Passage("a.md", "One", "Text."),
            new Passage("a.md", "One › Two", "More."),
            new Passage("a.md", "Three › Deep", "End."));
  }

  @Test
  void takesNoHeadingInsideACodeFence() {
    assertThat(Cutter.cut("a.md", "# One\n```\n# a comment\n\nrun\n```\n"))
        .containsExactly(new Passage("a.md", "One", "```\n# a comment\n\nrun\n```"));
  }

  @Test
  void keepsEveryPassageWithinItsLengthAndLosesNothing() {
    String sentence = "All work and no play. ";
    String paragraphs = (sentence.repeat(30) + "\n\n").repeat(5);
    String line = sentence.repeat(200) + "\n" + "😀".repeat(2_000);

    List<Passage> passages = Cutter.cut("a.md", paragraphs + line);

    assertThat(passages).allSatisfy(it -> assertThat(it.text()).hasSizeBetween(1, Passage.LONGEST));
    assertThat(String.join("", passages.stream().map(Passage::text).toList()).replaceAll("\\s", ""))
        .isEqualTo((paragraphs + line).replaceAll("\\s", ""));
  }
}
