package dev.sotto.assistant;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class QuestionTest {

  @Test
  void acceptsAnAnswerHoweverItIsTyped() {
    Question question = new Question("Where?", List.of(), List.of("São Paulo", "C++"), "");

    assertThat(question.accepts(" sao  paulo. ")).isTrue();
    assertThat(question.accepts("\"São Paulo!\"")).isTrue();
    assertThat(question.accepts("c++")).isTrue();
    assertThat(question.accepts("C")).isFalse();
    assertThat(question.accepts("Paulo")).isFalse();
    assertThat(question.accepts("")).isFalse();
  }

  @Test
  void acceptsEverythingInAForm() {
    assertThat(new Question("Your team?", List.of(), List.of(), "").accepts("any")).isTrue();
  }
}
