package dev.sotto.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModelsTest extends AgainstProviders {
  @Test
  void goesOnToTheNextModelWhileNothingWasHeard() throws Exception {
    try (var other = ModelServer.start(authority.server())) {
      server.thenRefuses(500, CANARY);
      other.thenSays(Dialect.ANTHROPIC, "from the second");
      var models =
          models(
              settings(Dialect.OPENAI, server.url(), Duration.ofSeconds(20)),
              settings(Dialect.ANTHROPIC, other.url(), Duration.ofSeconds(20)));

      Completion completion =
          models.answer(
              List.of("gemini/unset", "openai/m", "nonsense", "demo/x", "anthropic/m"),
              prompt(),
              ALL);

      assertThat(completion.model()).isEqualTo("anthropic/m");
      assertThat(logged.list).anyMatch(event -> event.getFormattedMessage().contains("openai/m"));
    }
  }

  @Test
  void staysWithTheModelThatBeganToSpeak() {
    server
        .then(ex -> ModelServer.stream(ex, Dialect.OPENAI.piece("half")))
        .thenSays(Dialect.OPENAI, "another answer");

    ModelException e = failure(models(Dialect.OPENAI), "openai/one", "openai/two");

    assertThat(e.reason()).isEqualTo(ModelException.Reason.BROKEN_OFF);
    assertThat(e.text()).isEqualTo("half");
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void letsTheDemoAnswerOnlyWhereNoOtherModelIsSetUp() {
    server.thenRefuses(500, "");
    var none = models();

    assertThat(none.answer(List.of("openai/m", "demo/x"), prompt(), ALL).model())
        .isEqualTo("demo/sotto");
    assertThat(failure(none, "openai/m").reason()).isEqualTo(ModelException.Reason.NOT_CONFIGURED);
    assertThat(failure(models(Dialect.OPENAI), "demo/x", "openai/m").reason())
        .isEqualTo(ModelException.Reason.REFUSED);
  }

  @Test
  void saysWhatKeepsAModelFromBeingAsked() {
    var models = models(Dialect.OPENAI);

    assertThat(models.problem("openai/gpt-5-mini")).isEmpty();
    assertThat(models.problem("openai/meta-llama/Llama-3.1:free")).isEmpty();
    assertThat(models.problem("demo/any")).isEmpty();
    assertThat(models.problem("anthropic/claude"))
        .hasValueSatisfying(line -> assertThat(line).contains("ANTHROPIC_API_KEY"));
    assertThat(models.problem("opneai/gpt"))
        .hasValueSatisfying(line -> assertThat(line).contains("opneai", "openai"));
    for (String wrong : List.of("gpt-5", "openai/", "gemini/../x", "openai/a b", "")) {
      assertThat(models.problem(wrong)).isPresent();
    }
  }
}
