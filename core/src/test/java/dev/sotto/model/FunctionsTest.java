package dev.sotto.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The canary goes through arguments and results; the log is looked at after every test. */
class FunctionsTest extends AgainstProviders {
  private final List<String> called = new ArrayList<>();
  private final List<String> pieces = new ArrayList<>();
  private final Functions clock =
      new Functions() {
        @Override
        public List<Function> offered() {
          var zone = new Parameter("zone", "Which zone", true);
          return List.of(new Function("clock", "Tells the time", List.of(zone)));
        }

        @Override
        public String call(String name, String arguments) {
          called.add(name + arguments.replace(" ", ""));
          return "result of " + CANARY;
        }
      };

  private Completion answer(Dialect dialect, Functions functions) {
    return models(dialect).answer(List.of(dialect.model()), prompt(), functions, pieces::add);
  }

  private void thenCalls(Dialect dialect, String... parts) {
    server.then(ex ->
        ModelServer.stream(ex, dialect.begin() + String.join("", parts), dialect.endOfCalls()));
  }

  @ParameterizedTest
  @EnumSource
  void callsWhatTheModelAsksForAndShowsTheTextInItsOrder(Dialect dialect) {
    thenCalls(dialect, dialect.piece("Let me see."), dialect.call(0, CANARY));
    server.thenSays(dialect, "It is five.");

    Completion completion = answer(dialect, clock);

    assertThat(called).containsExactly("clock{\"zone\":\"" + CANARY + "\"}");
    assertThat(pieces).containsExactly("Let me see.", "\n\nIt is five.");
    assertThat(completion)
        .isEqualTo(new Completion("Let me see.\n\nIt is five.", dialect.model(), false, 14, 6));
    assertThat(server.requests().get(0).body()).contains("clock", "Tells the time", "Which zone");
    assertThat(server.requests().get(1).body())
        .containsSubsequence("Hello", "Let me see.", "clock", "result of " + CANARY);
  }

  @Test
  void givesGeminiItsSignatureBack() {
    thenCalls(Dialect.GEMINI, Dialect.GEMINI.call(0, "UTC"));
    server.thenSays(Dialect.GEMINI, "five");

    answer(Dialect.GEMINI, clock);

    assertThat(server.requests().get(1).body()).contains("c2lnbmVk");
  }

  @ParameterizedTest
  @EnumSource
  void callsSeveralAtOnceWithoutAWordBefore(Dialect dialect) {
    thenCalls(dialect, dialect.call(0, "Europe/Oslo"), dialect.call(1, "Asia/Tokyo"));
    server.thenSays(dialect, "five and one");

    assertThat(answer(dialect, clock).text()).isEqualTo("five and one");

    assertThat(called)
        .containsExactly("clock{\"zone\":\"Europe/Oslo\"}", "clock{\"zone\":\"Asia/Tokyo\"}");
    assertThat(server.requests().get(1).body()).contains("Europe/Oslo", "Asia/Tokyo");
  }

  @ParameterizedTest
  @EnumSource
  void stopsAModelThatDoesNotStopAskingAtSixtyCalls(Dialect dialect) {
    thenCalls(dialect, dialect.piece("And "), dialect.call(0, "UTC"));

    ModelException e = catchThrowableOfType(ModelException.class, () -> answer(dialect, clock));

    assertThat(e.reason()).isEqualTo(ModelException.Reason.TOO_MANY);
    assertThat(e.text()).startsWith("And \n\nAnd");
    assertThat(server.requests()).hasSizeBetween(20, 60);
  }

  @ParameterizedTest
  @EnumSource
  void callsNothingOfAnAnswerThatBrokeOff(Dialect dialect) {
    server.then(ex ->
        ModelServer.stream(ex, dialect.begin(), dialect.piece(CANARY), dialect.call(0, "UTC")));

    ModelException e = catchThrowableOfType(ModelException.class, () -> answer(dialect, clock));

    assertThat(e.reason()).isEqualTo(ModelException.Reason.BROKEN_OFF);
    assertThat(called).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void refusesToTheModelWhatWasNotOffered(Dialect dialect) {
    thenCalls(dialect, dialect.call(0, CANARY));
    server.thenSays(dialect, "I cannot.");

    assertThat(answer(dialect, Functions.NONE).text()).isEqualTo("I cannot.");

    assertThat(server.requests().get(0).body()).doesNotContain("\"function\"", "clock");
    assertThat(server.requests().get(1).body()).contains("There is no such tool here.");
  }

  @ParameterizedTest
  @EnumSource
  void keepsWhatWasSaidWhenTheModelHasNothingToAdd(Dialect dialect) {
    thenCalls(dialect, dialect.piece("Noted."), dialect.call(0, "UTC"));
    server.then(ex -> ModelServer.stream(ex, dialect.begin(), dialect.end()));

    assertThat(answer(dialect, clock).text()).isEqualTo("Noted.");
  }

  @Test
  void beginsNotAnewWithAnotherModelOnceSomethingWasCalled() throws Exception {
    thenCalls(Dialect.OPENAI, Dialect.OPENAI.call(0, "UTC"));
    server.thenRefuses(500, CANARY);
    try (var other = ModelServer.start(authority.server())) {
      other.thenSays(Dialect.ANTHROPIC, "from the second");
      var models =
          models(
              settings(Dialect.OPENAI, server.url(), Duration.ofSeconds(20)),
              settings(Dialect.ANTHROPIC, other.url(), Duration.ofSeconds(20)));

      ModelException e =
          catchThrowableOfType(
              ModelException.class,
              () ->
                  models.answer(List.of("openai/m", "anthropic/m"), prompt(), clock, pieces::add));

      assertThat(e.status()).isEqualTo(500);
      assertThat(other.requests()).isEmpty();
    }
  }
}
