package dev.sotto.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TokensTest extends AgainstProviders {
  private final Meter meter = new Meter();

  @ParameterizedTest
  @EnumSource
  void countsAsTheProviderDoes(Dialect dialect) {
    server.thenSays(dialect, "a long answer of very many words".repeat(10));

    models(dialect).answer(List.of(dialect.model()), prompt(), meter);

    assertThat(meter.tokens).isEqualTo(10);
  }

  @ParameterizedTest
  @EnumSource
  void estimatesWhatAProviderDoesNotTell(Dialect dialect) {
    server.then(ex ->
        ModelServer.stream(
            ex,
            dialect.begin().replaceAll("\"(in|out)put_tokens\":\\d+", "\"$1put_tokens\":0"),
            dialect.piece("12345678"),
            dialect.end().replaceAll("(_tokens|TokenCount|_count)\":\\s*\\d+", "$1\":0")));

    models(dialect).answer(List.of(dialect.model()), prompt(), meter);

    assertThat(meter.tokens).isEqualTo(Math.ceilDiv("Be kind.Hello".length(), 4) + 2);
  }

  @ParameterizedTest
  @EnumSource
  void countsAnAnswerThatBrokeOff(Dialect dialect) {
    server.then(ex -> ModelServer.stream(ex, dialect.begin(), dialect.piece("x".repeat(400))));

    ModelException e =
        catchThrowableOfType(
            ModelException.class,
            () -> models(dialect).answer(List.of(dialect.model()), prompt(), meter));

    assertThat(e.reason()).isEqualTo(ModelException.Reason.BROKEN_OFF);
    assertThat(meter.tokens).isBetween(104L, 107L);
  }

  @ParameterizedTest
  @EnumSource
  void countsAnAnswerThatWasEnough(Dialect dialect) {
    server.then(ex -> ModelServer.stream(ex, dialect.begin(), dialect.piece("x".repeat(400))));
    meter.most = 400;

    models(dialect).answer(List.of(dialect.model()), prompt(), meter);

    assertThat(meter.tokens).isBetween(104L, 107L);
  }

  @Test
  void countsTheFailedCallAndTheOneThatAnsweredInItsPlace() {
    server
        .then(ex -> ModelServer.stream(ex, "garbage".repeat(100)))
        .thenSays(Dialect.OPENAI, "yes");

    models(Dialect.OPENAI).answer(List.of("openai/one", "openai/two"), prompt(), meter);

    assertThat(meter.tokens).isEqualTo(4 + 10);
  }

  @Test
  void countsNothingThatNoModelWorkedOn() {
    server.thenRefuses(401, "{}").thenRefuses(500, "{}");

    failure(models(Dialect.OPENAI));
    failure(models(Dialect.OPENAI));
    failure(models(settings(Dialect.OPENAI, "https://127.0.0.1:1", Duration.ofSeconds(5))));

    assertThat(meter.calls).isZero();
  }

  @Test
  void estimatesTheWordsOfTheDemo() {
    Completion completion = models().answer(List.of("demo/x"), prompt(), meter);

    assertThat(meter.tokens).isEqualTo(4 + Math.ceilDiv(completion.text().length(), 4));
  }

  private ModelException failure(Models models) {
    return catchThrowableOfType(
        ModelException.class, () -> models.answer(List.of("openai/m"), prompt(), meter));
  }

  private static final class Meter implements Listener {
    private long tokens;
    private int calls;
    private int heard;
    private int most = Integer.MAX_VALUE;

    @Override
    public boolean onText(String piece) {
      heard += piece.length();
      return heard < most;
    }

    @Override
    public void onTokens(long used) {
      tokens += used;
      calls++;
    }
  }
}
