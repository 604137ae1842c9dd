package dev.sotto.assistant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sotto.assistant.Yaml.RefusedException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Hostile YAML; each attack has a twin without our defence, to show that it would work. */
class YamlTest {
  private static final LoadSettings UNDEFENDED =
      LoadSettings.builder()
          .setMaxAliasesForCollections(Integer.MAX_VALUE)
          .setCodePointLimit(Integer.MAX_VALUE)
          .build();

  @Test
  void refusesAnAliasBomb() {
    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(() -> Yaml.read(bomb()))
        .withMessage("aliases (*name) are not allowed; write the value out")
        .satisfies(refused -> assertThat(refused.at()).isEqualTo(new Section.Place(2, 8)));
  }

  @Test
  void twinWithoutTheDefenceUnfoldsTheBomb() {
    Node bomb = ((SequenceNode) compose(bomb())).getValue().getLast();

    assertThat(leaves(bomb)).isEqualTo(1_000_000_000L);
  }

  @Test
  void refusesDepth() {
    assertThatThrownBy(() -> Yaml.read("[".repeat(100_000)))
        .isInstanceOf(RefusedException.class)
        .hasMessage("nested deeper than 12 levels");
  }

  @Test
  void twinWithoutTheDefenceOverflowsTheStack() {
    assertThatThrownBy(() -> compose("[".repeat(100_000))).isInstanceOf(StackOverflowError.class);
  }

  @Test
  void refusesALargeFileInOneLine() {
    byte[] large = "#".repeat(Yaml.MOST_BYTES + 1).getBytes(StandardCharsets.UTF_8);

    assertThat(AssistantFile.parse("large.yaml", large))
        .hasToString("Bad[problems=[large.yaml:1:1: larger than 256 KiB]]");
  }

  private static Node compose(String yaml) {
    return new Compose(UNDEFENDED).composeString(yaml).orElseThrow();
  }

  private static long leaves(Node node) {
    return node instanceof SequenceNode list
        ? list.getValue().size() * leaves(list.getValue().getFirst())
        : 1;
  }

  /** Nine lists of ten, each of the one before: a billion leaves in 400 characters. */
  private static String bomb() {
    return IntStream.rangeClosed(1, 9)
        .mapToObj(level -> "- &a" + level + " [" + ten(level == 1 ? "x" : "*a" + (level - 1)) + "]")
        .collect(Collectors.joining("\n"));
  }

  private static String ten(String item) {
    return IntStream.range(0, 10).mapToObj(_ -> item).collect(Collectors.joining(", "));
  }
}
