package dev.sotto.model;

import dev.sotto.chat.TrustedCertificates;
import dev.sotto.telemetry.Telemetry;
import io.micronaut.context.annotation.Context;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import okhttp3.OkHttpClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All language models by name, {@code provider/name}. Made at start, so that a wrong address or key
 * stops it. Every address is asked over TLS 1.3.
 */
@Context
public class Models {
  private static final Logger log = LoggerFactory.getLogger(Models.class);
  private static final Pattern NAME =
      Pattern.compile("([a-z]+)/([A-Za-z0-9][A-Za-z0-9._:@/+-]{0,199})");
  private static final String DEMO = "demo";

  private final Map<String, ProviderSettings> settings;
  private final DemoModel demo;
  private final OkHttpClient http;
  private final Telemetry telemetry;
  private final Map<String, LanguageModel> models = new ConcurrentHashMap<>();

  @Inject
  Models(
      Collection<ProviderSettings> settings,
      DemoModel demo,
      TrustedCertificates trusted,
      Telemetry telemetry) {
    this.settings =
        settings.stream()
            .collect(Collectors.toUnmodifiableMap(ProviderSettings::provider, Function.identity()));
    this.demo = demo;
    this.http = Transport.client(trusted);
    this.telemetry = telemetry;
  }

  /**
   * Asks the first model of the list that is set up and answers. The next one is tried only as long
   * as the listener heard nothing. {@code demo/…} answers only when no other model of the list is
   * set up: a model that fails is never replaced by a script. At most 60 calls of models, those
   * included that follow the call of a function; once a function was called, no other model is
   * tried.
   *
   * @throws ModelException no model gave a whole answer; the last one's reason
   */
  public Completion answer(
      List<String> names, Prompt prompt, Functions functions, Listener listener) {
    ModelException failure = ModelException.notConfigured();
    Calls calls = new Calls(functions);
    for (LanguageModel model : candidates(names)) {
      try {
        return model.complete(prompt, calls, listener);
      } catch (ModelException e) {
        log.warn("{}", e.honestLine());
        if (!e.text().isEmpty() || calls.used() || e.reason() == ModelException.Reason.STOPPED) {
          throw e;
        }
        failure = e;
      }
    }
    throw failure;
  }

  /** An answer without functions. */
  public Completion answer(List<String> names, Prompt prompt, Listener listener) {
    return answer(names, prompt, Functions.NONE, listener);
  }

  /** What keeps a model from being asked, as a line for people; empty when nothing does. */
  public Optional<String> problem(String name) {
    var parts = NAME.matcher(name);
    if (!parts.matches() || name.contains("..")) {
      return Optional.of("a model is written provider/name, like openai/gpt-5-mini");
    }
    if (parts.group(1).equals(DEMO)) {
      return Optional.empty();
    }
    return Provider.of(parts.group(1))
        .map(provider -> problem(provider))
        .orElse(
            Optional.of(
                "unknown provider "
                    + parts.group(1)
                    + "; there are openai, anthropic, gemini, ollama and demo"));
  }

  /** Whether a real model of the list is set up, and not the demo's script alone. */
  public boolean anyReal(List<String> names) {
    return candidates(names).stream().anyMatch(it -> !it.equals(demo));
  }

  private Optional<String> problem(Provider provider) {
    boolean configured =
        Optional.ofNullable(settings.get(provider.key()))
            .filter(provider::isConfigured)
            .isPresent();
    return configured
        ? Optional.empty()
        : Optional.of(provider.key() + " is not set up: set " + provider.need());
  }

  private List<LanguageModel> candidates(List<String> names) {
    var usable = names.stream().distinct().filter(name -> problem(name).isEmpty()).toList();
    var real = usable.stream().filter(name -> !name.startsWith(DEMO + "/")).toList();
    var candidates = new ArrayList<LanguageModel>();
    real.stream().map(this::model).forEach(candidates::add);
    if (real.isEmpty() && !usable.isEmpty()) {
      candidates.add(demo);
    }
    return candidates;
  }

  private LanguageModel model(String name) {
    return models.computeIfAbsent(name, this::made);
  }

  private LanguageModel made(String name) {
    int slash = name.indexOf('/');
    Provider provider = Provider.of(name.substring(0, slash)).orElseThrow();
    return provider.model(name.substring(slash + 1), setting(provider), http, telemetry);
  }

  private ProviderSettings setting(Provider provider) {
    return Optional.ofNullable(settings.get(provider.key())).orElseThrow();
  }

  @PreDestroy
  void close() {
    http.dispatcher().cancelAll();
    http.connectionPool().evictAll();
  }
}
