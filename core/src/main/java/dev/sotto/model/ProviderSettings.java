package dev.sotto.model;

import dev.sotto.chat.Secret;
import io.micronaut.context.annotation.ConfigurationInject;
import io.micronaut.context.annotation.EachProperty;
import io.micronaut.context.annotation.Parameter;
import io.micronaut.core.bind.annotation.Bindable;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;

/**
 * How to reach one provider, {@code sotto.models.<provider>}: {@code openai} (and everything that
 * speaks its chat completions), {@code anthropic}, {@code gemini}, {@code ollama}. An empty value
 * counts as not set. Addresses are HTTPS; plain HTTP is taken only on a loopback address and only
 * with {@code allow-loopback-http}.
 */
@EachProperty("sotto.models")
final class ProviderSettings {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  private final String provider;
  private final Secret apiKey;
  private final String baseUrl;
  private final Duration readTimeout;
  private final int maxTokens;

  /**
   * @param readTimeout the longest silence of the provider
   * @param maxTokens the longest answer, in the provider's tokens
   * @throws IllegalArgumentException a value cannot be used; the message names its property
   */
  @ConfigurationInject
  ProviderSettings(
      @Parameter String provider,
      @Bindable(defaultValue = "") String apiKey,
      @Bindable(defaultValue = "") String baseUrl,
      @Bindable(defaultValue = "false") boolean allowLoopbackHttp,
      @Bindable(defaultValue = "60s") Duration readTimeout,
      @Bindable(defaultValue = "16000") int maxTokens) {
    this.provider = provider;
    this.apiKey = Secret.ofHeader(property("api-key"), apiKey);
    this.baseUrl = checked(baseUrl.strip(), allowLoopbackHttp);
    this.readTimeout = readTimeout;
    this.maxTokens = maxTokens;
  }

  String provider() {
    return provider;
  }

  Secret apiKey() {
    return apiKey;
  }

  /** Without a slash at its end; empty when not set. */
  String baseUrl() {
    return baseUrl;
  }

  /**
   * @param standard the provider's own address; its path also completes an address without one
   */
  String baseUrlOr(String standard) {
    if (baseUrl.isEmpty()) {
      return standard;
    }
    return URI.create(baseUrl).getPath().isEmpty()
        ? baseUrl + URI.create(standard).getPath()
        : baseUrl;
  }

  Duration readTimeout() {
    return readTimeout;
  }

  int maxTokens() {
    return maxTokens;
  }

  @Override
  public String toString() {
    return "ProviderSettings[" + provider + "]";
  }

  private String property(String key) {
    return "sotto.models." + provider + "." + key;
  }

  private String checked(String url, boolean allowLoopbackHttp) {
    if (url.isEmpty()) {
      return url;
    }
    URI uri = parsed(url);
    String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
    boolean loopback = LOOPBACK.contains(String.valueOf(uri.getHost()));
    if (!scheme.equals("https") && !(scheme.equals("http") && loopback && allowLoopbackHttp)) {
      throw new IllegalArgumentException(
          property("base-url")
              + " has to begin with https://"
              + (loopback ? " (or set " + property("allow-loopback-http") + "=true)" : ""));
    }
    return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
  }

  private URI parsed(String url) {
    try {
      var uri = new URI(url);
      if (uri.getHost() != null
          && uri.getRawUserInfo() == null
          && uri.getRawQuery() == null
          && uri.getRawFragment() == null) {
        return uri;
      }
    } catch (URISyntaxException e) {
      // Its message quotes the address, which may hold a secret: the line below does not.
    }
    throw new IllegalArgumentException(
        property("base-url") + " has to be an address like https://host/path and nothing more");
  }
}
