package dev.sotto.bots;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sotto.command.Doing;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProgressBarTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private String shown(boolean drawn) {
    ProgressBar bar = new ProgressBar(new PrintStream(out, true, StandardCharsets.UTF_8), drawn);
    bar.advance(new Doing("Rotation", 0, 0));
    for (int rows = 1; rows <= 2_000; rows++) {
      bar.advance(new Doing("Rotation", rows, 2_000));
    }
    bar.end();
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void drawsOneLineOverItselfAtATerminal() {
    String shown = shown(true);

    assertThat(shown.lines().filter(it -> !it.isBlank()).toList()).hasSizeGreaterThan(50);
    assertThat(shown.chars().filter(it -> it == '\n')).hasSize(1);
    assertThat(shown).endsWith("100 %  2,000 of 2,000 rows\033[K\n");
  }

  @Test
  void beginsAnewWithTheNextPieceOfWork() {
    ProgressBar bar = new ProgressBar(new PrintStream(out, true, StandardCharsets.UTF_8), false);

    bar.advance(new Doing("Emergency", 3, 3));
    bar.advance(new Doing("Emergency", 1, 2));

    assertThat(out.toString(StandardCharsets.UTF_8).lines())
        .containsExactly("Emergency: 100 %  3 of 3 rows", "Emergency:  50 %  1 of 2 rows");
  }

  @Test
  void writesALineForEveryTenthWhereNothingCanBeDrawn() {
    assertThat(shown(false).lines())
        .hasSize(11)
        .startsWith("Rotation:   0 %  1 of 2,000 rows")
        .endsWith("Rotation: 100 %  2,000 of 2,000 rows")
        .noneMatch(it -> it.contains("\033") || it.contains("\r"));
  }
}
