package dev.sotto.bots;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The address of a PostgreSQL database, with TLS 1.3 and {@code sslmode=verify-full} forced for
 * everything but a Unix socket, loopback included. What would undo that is refused, never changed
 * silently. Without an {@code sslrootcert} of its own the server is trusted as every other hop is
 * ({@link DatabaseTls}).
 */
final class PostgresAddress {
  static final String SCHEME = "jdbc:postgresql:";

  /** The one way to a Unix socket that this driver has; its library is the operator's to add. */
  private static final String UNIX_SOCKET = "org.newsclub.net.unix.AFUNIXSocketFactory$FactoryArg";

  /** Each could reach the server past the checks, or read settings from elsewhere. */
  private static final Set<String> REFUSED =
      Set.of("service", "socketfactory", "sslfactory", "sslfactoryarg", "sslhostnameverifier");

  private static final List<Demand> DEMANDS =
      List.of(
          new Demand("sslmode", "verify-full"),
          new Demand("ssl", "true"),
          new Demand("gssEncMode", "disable"));

  /**
   * What an address may set otherwise. A server that went silent is given up after a minute: a
   * migration that takes longer in one statement needs {@code socketTimeout=0}.
   */
  private static final List<Demand> DEFAULTS =
      List.of(
          new Demand("connectTimeout", "5"),
          new Demand("socketTimeout", "60"),
          new Demand("tcpKeepAlive", "true"));

  private record Demand(String name, String value) {}

  private PostgresAddress() {}

  /**
   * @param property names the address in what is said of it
   * @param trusted a PEM file of further certificate authorities, or empty
   * @throws IllegalArgumentException the address asks for less; the message names the setting
   */
  static String secured(String property, String url, String trusted) {
    Map<String, String> given = parameters(property, url);
    if (UNIX_SOCKET.equals(given.get("socketFactory"))) {
      return url;
    }
    given.forEach((name, value) -> check(property, name, value));
    Map<String, String> missing = new LinkedHashMap<>();
    DEMANDS.forEach(it -> missing.put(it.name(), it.value()));
    missing.put("sslfactory", DatabaseTls.class.getName());
    if (!trusted.isEmpty()) {
      missing.put("sslfactoryarg", trusted);
    }
    DEFAULTS.forEach(it -> missing.put(it.name(), it.value()));
    missing.keySet().removeAll(given.keySet());
    return url + (url.indexOf('?') < 0 ? "?" : "&") + written(missing);
  }

  private static void check(String property, String name, String value) {
    String known = name.toLowerCase(Locale.ROOT);
    if (REFUSED.contains(known)) {
      throw new IllegalArgumentException(
          property + " must not set " + name + ": PostgreSQL is reached over verified TLS only");
    }
    for (Demand demand : DEMANDS) {
      boolean meant = demand.name().equalsIgnoreCase(known);
      if (meant && !demand.value().equalsIgnoreCase(value)) {
        throw new IllegalArgumentException(
            property + " sets " + name + " too weakly: leave it out, or set " + demand.value());
      }
    }
  }

  /** As the driver reads them; one that stands there twice would be read by chance. */
  private static Map<String, String> parameters(String property, String url) {
    Map<String, String> parameters = new LinkedHashMap<>();
    int question = url.indexOf('?');
    String[] parts = question < 0 ? new String[0] : url.substring(question + 1).split("&", -1);
    for (String part : Arrays.stream(parts).filter(it -> !it.isEmpty()).toList()) {
      String[] pair = part.split("=", 2);
      String value = pair.length < 2 ? "" : URLDecoder.decode(pair[1], StandardCharsets.UTF_8);
      if (parameters.put(pair[0], value) != null) {
        throw new IllegalArgumentException(property + " sets " + pair[0] + " twice");
      }
    }
    return parameters;
  }

  private static String written(Map<String, String> parameters) {
    return parameters.entrySet().stream()
        .map(it -> it.getKey() + "=" + URLEncoder.encode(it.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }
}
