package dev.sotto.model;

import io.micronaut.context.annotation.Property;
import jakarta.inject.Singleton;
import java.time.Duration;

/**
 * {@code demo/…}: a script that answers offline and always the same, word by word at the given
 * pace, and says in its first line of a conversation that it is no language model.
 */
@Singleton
final class DemoModel implements LanguageModel {
  private static final String NAME = "demo/sotto";

  private final Duration pace;

  DemoModel(@Property(name = "sotto.models.demo.pace", defaultValue = "8ms") Duration pace) {
    this.pace = pace;
  }

  @Override
  public Completion complete(Prompt prompt, Calls calls, Listener listener) {
    return complete(prompt, listener);
  }

  Completion complete(Prompt prompt, Listener listener) {
    String answer = DemoScript.answer(prompt);
    listener.onTokens(Tokens.estimate(prompt) + Tokens.estimate(answer.length()));
    int said = 0;
    boolean more = true;
    while (more && said < answer.length()) {
      int end = wordEnd(answer, said);
      more = listener.onText(answer.substring(said, end));
      said = end;
      pause(answer.substring(0, said));
    }
    return new Completion(answer.substring(0, said), NAME, said < answer.length(), 0, 0);
  }

  private static int wordEnd(String text, int from) {
    int blank = text.indexOf(' ', from);
    return blank < 0 ? text.length() : blank + 1;
  }

  private void pause(String said) {
    if (pace.isZero()) {
      return;
    }
    try {
      Thread.sleep(pace);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ModelException.of(ModelException.Reason.STOPPED, NAME, said);
    }
  }
}
