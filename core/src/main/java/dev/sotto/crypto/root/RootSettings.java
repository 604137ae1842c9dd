package dev.sotto.crypto.root;

import io.micronaut.context.env.Environment;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.Optional;

/** What an operator set, by the name of a property or of an environment variable. */
@Singleton
final class RootSettings {
  private final Environment environment;

  RootSettings(Environment environment) {
    this.environment = environment;
  }

  /** The value of the first name that has one. */
  Optional<String> find(String... names) {
    for (String name : names) {
      String value =
          environment.getPlaceholderResolver().resolvePlaceholders("${" + name + ":}").orElse("");
      if (!value.isBlank()) {
        return Optional.of(value.strip());
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
