package dev.sotto.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.context.ApplicationContext;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProviderSettingsTest {

  @Test
  void stopsTheStartAtAPlainHttpAddressAndNamesTheProperty() {
    assertThatThrownBy(() -> run(Map.of("sotto.models.openai.base-url", "http://example.com/v1")))
        .hasStackTraceContaining("sotto.models.openai.base-url has to begin with https://");
  }

  @Test
  void takesPlainHttpOnLoopbackOnlyWhenAsked() {
    assertThat(settings("http://localhost:11434/", true).baseUrl())
        .isEqualTo("http://localhost:11434");
    for (String url : List.of("http://localhost:1", "http://127.0.0.1:1", "http://[::1]:1")) {
      assertThatThrownBy(() -> settings(url, false)).hasMessageContaining("allow-loopback-http");
    }
    for (String url : List.of("http://example.com", "http://localhost.evil.com", "ftp://[::1]")) {
      assertThatThrownBy(() -> settings(url, true)).hasMessageContaining("https://");
    }
  }

  @Test
  void refusesAnAddressThatCarriesMoreAndDoesNotRepeatIt() {
    for (String url :
        List.of("https://me:secret@host/v1", "https://host/?key=secret", "https://secret host")) {
      assertThatThrownBy(() -> settings(url, false))
          .hasMessageContaining("sotto.models.openai.base-url")
          .hasMessageNotContaining("secret");
    }
  }

  @Test
  void neverPrintsAKey() {
    var settings = new ProviderSettings("openai", "s3cret", "", false, Duration.ofSeconds(1), 1);

    assertThat(settings.apiKey()).hasToString("[REDACTED]");
    assertThat(settings.toString()).doesNotContain("s3cret");
    assertThatThrownBy(
            () -> new ProviderSettings("openai", "s3cret\nX: y", "", false, Duration.ZERO, 1))
        .hasMessageContaining("sotto.models.openai.api-key")
        .hasMessageNotContaining("s3cret");
  }

  @Test
  void countsEmptyValuesAsNotSetAndBindsTheOthers() {
    var properties =
        Map.<String, Object>of(
            "sotto.models.openai.api-key", "",
            "sotto.models.openai.base-url", "",
            "sotto.models.gemini.api-key", "k",
            "sotto.models.ollama.base-url", "http://127.0.0.1:11434",
            "sotto.models.ollama.allow-loopback-http", "true",
            "sotto.models.ollama.read-timeout", "5m");

    try (var context = run(properties)) {
      Models models = context.getBean(Models.class);
      assertThat(models.problem("openai/gpt-5-mini")).isPresent();
      assertThat(models.problem("gemini/gemini-3-pro")).isEmpty();
      assertThat(models.problem("ollama/llama3")).isEmpty();
    }
  }

  private static ProviderSettings settings(String url, boolean allowLoopbackHttp) {
    return new ProviderSettings("openai", "", url, allowLoopbackHttp, Duration.ofSeconds(1), 1);
  }

  private static ApplicationContext run(Map<String, Object> properties) {
    return ApplicationContext.run(properties);
  }
}
