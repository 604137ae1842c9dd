package dev.sotto.crypto.root;

import io.micronaut.context.env.Environment;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.Optional;
import java.util.function.Function;

/** What an operator set, by the name of a property or of an environment variable. */
@Singleton
final class RootSettings {
  private final Function<String, Optional<String>> values;

  @Inject
  RootSettings(Environment environment) {
    this(name ->
        environment.getPlaceholderResolver().resolvePlaceholders("${" + name + ":}"));
  }

  RootSettings(Function<String, Optional<String>> values) {
    this.values = values;
  }

  /** The value of the first name that has one. */
  Optional<String> find(String... names) {
    for (String name : names) {
      Optional<String> value = values.apply(name).filter(it -> !it.isBlank());
      if (value.isPresent()) {
        return value.map(String::strip);
      }
    }
    return Optional.empty();
  }

  /**
   * An address.
   *
   * @throws RootKeyException it is not one of HTTPS
   */
  URI https(String otherwise, String... names) {
    String address = find(names).orElse(otherwise);
    try {
      URI uri = URI.create(address.endsWith("/") ? address : address + "/");
      if ("https".equals(uri.getScheme()) && uri.getHost() != null && uri.getUserInfo() == null) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      throw new RootKeyException(names[0] + " is not an address: " + address, e);
    }
    throw new RootKeyException(names[0] + " must begin with https:// and name a host");
  }
}
