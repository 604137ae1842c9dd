package dev.sotto.assistant;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Definitions in which something was overwritten, and what is none at all. */
class HostileYamlTest {
  private static final String GOOD =
      """
      id: friend
      name: Friend
      model: openai/test
      instructions: |
        Answer in one sentence.
        And never in two.
      memory: {scope: person, retention: 30d, summary: true}
      limits: {tokens: 10000 per day, messages-per-person: 20 per hour}
      bindings: [{slack: "#it-help"}, {discord: help}]
      """;

  @Property(tries = 2_000)
  void areReadOrRefusedInLinesThatNameThePlace(@ForAll("hostile") String yaml) {
    byte[] bytes = yaml.getBytes(StandardCharsets.UTF_8);

    assertThat(AssistantFile.parse("hostile.yaml", bytes).toString())
        .satisfiesAnyOf(
            it -> assertThat(it).startsWith("Good["),
            it -> assertThat(it).startsWith("Bad[problems=[hostile.yaml:"));
  }

  @Property(tries = 1_000)
  void bytesAreRefusedInLinesThatNameTheFile(@ForAll byte[] bytes) {
    assertThat(AssistantFile.parse("hostile.yaml", bytes).toString())
        .startsWith("Bad[problems=[hostile.yaml");
  }

  @Provide
  Arbitrary<String> hostile() {
    return Combinators.combine(
            Arbitraries.integers().between(0, GOOD.length()),
            Arbitraries.integers().between(0, 12),
            words())
        .as((at, length, words) ->
            GOOD.substring(0, at) + words + GOOD.substring(Math.min(GOOD.length(), at + length)));
  }

  private static Arbitrary<String> words() {
    return Arbitraries.oneOf(
        Arbitraries.strings().all().ofMaxLength(30),
        Arbitraries.strings().withChars("-:?[]{},#&*!|>'\"%@` \n\t0x~.").ofMaxLength(30),
        Arbitraries.integers()
            .between(1, 3_000)
            .flatMap(it ->
                Arbitraries.of("[", "{a: ", "- ", "? ", "!!x ", "&a *a ").map(c -> c.repeat(it))));
  }
}
