package dev.sotto.model;

import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.model.anthropic.AnthropicStreamingChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.googleai.GoogleAiGeminiStreamingChatModel;
import dev.langchain4j.model.ollama.OllamaStreamingChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.sotto.telemetry.Telemetry;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import okhttp3.OkHttpClient;

/** The providers there are clients for. */
enum Provider {
  OPENAI("https://api.openai.com/v1") {
    @Override
    StreamingChatModel client(String model, ProviderSettings set, HttpClientBuilder http) {
      return openAi(model, set, http).maxTokens(set.maxTokens()).build();
    }

    @Override
    StreamingChatModel plainClient(String model, ProviderSettings set, HttpClientBuilder http) {
      return openAi(model, set, http).maxCompletionTokens(set.maxTokens()).build();
    }
  },
  ANTHROPIC("https://api.anthropic.com/v1") {
    @Override
    StreamingChatModel client(String model, ProviderSettings set, HttpClientBuilder http) {
      return AnthropicStreamingChatModel.builder()
          .httpClientBuilder(http)
          .baseUrl(set.baseUrlOr(standardUrl()))
          .apiKey(set.apiKey().reveal())
          .modelName(model)
          .maxTokens(set.maxTokens())
          .build();
    }
  },
  GEMINI("https://generativelanguage.googleapis.com/v1beta") {
    @Override
    StreamingChatModel client(String model, ProviderSettings set, HttpClientBuilder http) {
      return GoogleAiGeminiStreamingChatModel.builder()
          .httpClientBuilder(http)
          .baseUrl(set.baseUrlOr(standardUrl()))
          .apiKey(set.apiKey().reveal())
          .modelName(model)
          .maxOutputTokens(set.maxTokens())
          .returnThinking(true) // a call of a function has to come back with its signature
          .sendThinking(true)
          .build();
    }
  },
  OLLAMA("https://localhost:11434") {
    @Override
    StreamingChatModel client(String model, ProviderSettings set, HttpClientBuilder http) {
      return OllamaStreamingChatModel.builder()
          .httpClientBuilder(http)
          .baseUrl(set.baseUrlOr(standardUrl()))
          .modelName(model)
          .numPredict(set.maxTokens())
          .build();
    }
  };

  private final String standardUrl;

  Provider(String standardUrl) {
    this.standardUrl = standardUrl;
  }

  static Optional<Provider> of(String key) {
    return Arrays.stream(values()).filter(p -> p.key().equals(key)).findFirst();
  }

  /** The name in front of the slash and in the configuration. */
  String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  String standardUrl() {
    return standardUrl;
  }

  /** Whether there is enough to ask: a key, or for servers that need none their address. */
  boolean isConfigured(ProviderSettings set) {
    return switch (this) {
      case OPENAI -> set.apiKey().present() || !set.baseUrl().isEmpty();
      case ANTHROPIC, GEMINI -> set.apiKey().present();
      case OLLAMA -> !set.baseUrl().isEmpty();
    };
  }

  /** What an operator sets, for people. */
  String need() {
    return this == OLLAMA ? "OLLAMA_BASE_URL" : name() + "_API_KEY";
  }

  LanguageModel model(String name, ProviderSettings set, OkHttpClient http, Telemetry telemetry) {
    boolean cleartext = set.baseUrl().startsWith("http:");
    var transport = new Fixed(new Transport(http, set.readTimeout(), cleartext));
    return new RemoteModel(
        this,
        key() + "/" + name,
        client(name, set, transport),
        plainClient(name, set, transport),
        telemetry);
  }

  abstract StreamingChatModel client(String model, ProviderSettings set, HttpClientBuilder http);

  /** For models that refuse the usual settings. */
  StreamingChatModel plainClient(String model, ProviderSettings set, HttpClientBuilder http) {
    return client(model, set, http);
  }

  private static OpenAiStreamingChatModel.OpenAiStreamingChatModelBuilder openAi(
      String model, ProviderSettings set, HttpClientBuilder http) {
    var builder =
        OpenAiStreamingChatModel.builder()
            .httpClientBuilder(http)
            .baseUrl(set.baseUrlOr(OPENAI.standardUrl()))
            .modelName(model);
    return set.apiKey().present() ? builder.apiKey(set.apiKey().reveal()) : builder;
  }

  /** Gives every LangChain4j client the one transport that is already built. */
  private record Fixed(HttpClient client) implements HttpClientBuilder {
    @Override
    public Duration connectTimeout() {
      return Duration.ZERO;
    }

    @Override
    public HttpClientBuilder connectTimeout(Duration timeout) {
      return this;
    }

    @Override
    public Duration readTimeout() {
      return Duration.ZERO;
    }

    @Override
    public HttpClientBuilder readTimeout(Duration timeout) {
      return this;
    }

    @Override
    public HttpClient build() {
      return client;
    }
  }
}
