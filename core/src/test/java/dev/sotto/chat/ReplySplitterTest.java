package dev.sotto.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReplySplitterTest {
  private static final int LIMIT = 200;

  @Test
  void leavesAShortReplyAsItIs() {
    assertThat(ReplySplitter.split("Hello\n\nworld", LIMIT)).containsExactly("Hello\n\nworld");
  }

  @Test
  void hasNoMessageWhenThereIsNothingToRead() {
    assertThat(ReplySplitter.split("", LIMIT)).isEmpty();
    assertThat(ReplySplitter.split(" \n\n\t", LIMIT)).isEmpty();
  }

  @Test
  void refusesALimitTooSmallForAFence() {
    assertThatIllegalArgumentException().isThrownBy(() -> ReplySplitter.split("a", 199));
  }

  @Test
  void splitsBetweenParagraphs() {
    String first = "one ".repeat(30).strip();
    String second = "two\ntwo ".repeat(15).strip();

    assertThat(ReplySplitter.split(first + "\n\n" + second, LIMIT)).containsExactly(first, second);
  }

  @Test
  void splitsBetweenLinesThenWordsThenCharacters() {
    String line = "x".repeat(150);
    assertThat(ReplySplitter.split(line + "\n" + line, LIMIT)).containsExactly(line, line);
    assertThat(ReplySplitter.split(line + " " + line, LIMIT)).containsExactly(line, line);
    assertThat(ReplySplitter.split(line + line, LIMIT))
        .containsExactly("x".repeat(200), "x".repeat(100));
  }

  @Test
  void keepsTheIndentationOfALineThatStartsAMessage() {
    String list = "- item\n" + ("  - " + "sub item ".repeat(10).strip() + "\n").repeat(4);

    assertThat(ReplySplitter.split(list, LIMIT).get(1)).startsWith("  - sub item");
  }

  @Test
  void keepsABlockOfCodeWholeWhenItFitsIntoOneMessage() {
    String code = "```java\n" + "int i;\n\n".repeat(15) + "```";

    assertThat(ReplySplitter.split("Look:\n" + "words ".repeat(12) + "\n" + code + "\nend", LIMIT))
        .hasSize(2)
        .last()
        .isEqualTo(code + "\nend");
  }

  @Test
  void closesAndOpensAFenceThatIsTooLong() {
    String code =
        IntStream.range(0, 60).mapToObj(i -> "line " + i).collect(Collectors.joining("\n"));

    List<String> messages = ReplySplitter.split("~~~python\n" + code + "\n~~~\nend", LIMIT);

    assertThat(messages).hasSizeGreaterThan(2);
    assertThat(messages).allMatch(message -> message.startsWith("~~~python\nline "));
    assertThat(messages.subList(0, messages.size() - 1)).allMatch(m -> m.endsWith("\n~~~"));
    assertThat(messages).last().asString().endsWith("\n~~~\nend");
    assertThat(String.join("\n", messages).lines().filter(l -> l.startsWith("line")))
        .containsExactlyElementsOf(code.lines().toList());
  }

  @Test
  void doesNotReadACodeSpanAsAFence() {
    String span = "```not a fence```\n" + "word ".repeat(60).strip();

    assertThat(ReplySplitter.split(span, LIMIT)).allMatch(m -> !m.endsWith("```"));
  }

  @Test
  void neverCutsThroughAnEmoji() {
    String family = "\uD83D\uDC69\u200D\uD83D\uDC69\u200D\uD83D\uDC67";

    assertThat(ReplySplitter.split(family.repeat(100), LIMIT))
        .allMatch(message -> message.replace(family, "").isEmpty());
  }

  @Test
  void saysThatAReplyIsCutAfterSixtyMessages() {
    List<String> messages = ReplySplitter.split("word ".repeat(20_000), LIMIT);

    assertThat(messages).hasSize(ReplySplitter.MAX_MESSAGES);
    assertThat(messages).allMatch(message -> message.length() <= LIMIT);
    assertThat(messages).last().asString().endsWith("\n\n" + ReplySplitter.CUT);
  }

  @Test
  void saysThatAReplyIsCutAfterTooManyCharactersOutsideTheFenceItWasCutIn() {
    List<String> messages = ReplySplitter.split("```\n" + "code\n".repeat(200_000), 11_000);

    assertThat(messages).hasSize(11).allMatch(message -> message.length() <= 11_000);
    assertThat(messages).last().asString().endsWith("\nc\n```\n\n" + ReplySplitter.CUT);
  }

  @Test
  void keepsLimitsWordsFencesAndEarlierMessagesWhateverTheText() {
    Random random = new Random(7);
    for (int round = 0; round < 2_000; round++) {
      String text = anything(random);
      int limit = LIMIT + random.nextInt(400);
      List<String> messages = ReplySplitter.split(text, limit);

      assertThat(messages).allMatch(message -> !message.isBlank() && message.length() <= limit);
      assertThat(words(String.join("\n", messages))).isEqualTo(words(text));
      String shorter = text.substring(0, random.nextInt(text.length() + 1));
      List<String> before = ReplySplitter.split(shorter, limit);
      int settled = shorter.length() - 200 < 0 ? 0 : Math.max(0, before.size() - 2);
      assertThat(messages.subList(0, Math.min(settled, messages.size())))
          .isEqualTo(before.subList(0, settled));
    }
  }

  private static String anything(Random random) {
    String[] parts = {
      "word ",
      "longer-word ",
      "\n",
      "\n\n",
      "- item\n",
      "\n```java\n",
      "\n```\n",
      "\n~~~~\n",
      "x".repeat(170),
      "\uD83D\uDE00",
      "  indented\n",
      "`span` "
    };
    return random
        .ints(1 + random.nextInt(200), 0, parts.length)
        .mapToObj(i -> parts[i])
        .collect(Collectors.joining());
  }

  /** What is read, without what the splitter may add or drop: fences and white space. */
  private static String words(String text) {
    return text.lines()
        .filter(line -> !line.strip().matches("(`{3,}|~{3,}).*"))
        .collect(Collectors.joining())
        .replaceAll("\\s", "");
  }
}
