package dev.sotto.crypto.root;

import dev.sotto.chat.TrustedCertificates;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.List;
import java.util.Set;

/** Root keys that a service keeps. Not loaded before an address names one. */
final class Services {
  private static final byte[] PLACE = {1};
  private static final byte[] ANOTHER = {2};

  private Services() {}

  /** What a service needs to be asked. */
  record Means(RootSettings settings, TrustedCertificates trust, Clock clock, Path dataDirectory) {}

  /** The one key of an address. The service makes new versions of it, and keeps the old ones. */
  private record Place(RootKey key) implements RootPlace {
    @Override
    public String location() {
      return key.location();
    }

    @Override
    public List<RootKey> keys() {
      return List.of(key);
    }

    @Override
    public RootKey add() {
      return key;
    }

    @Override
    public void drop(Set<String> ids) {}
  }

  static RootPlace open(String address, Means means) {
    return new Place(new RemoteKey(address, kms(address, means)));
  }

  /**
   * Opens a place that is to be used from now on.
   *
   * @throws RootKeyException the service does not hold a key to the place that it was given
   */
  static RootPlace tryOut(String address, Means means) {
    RootPlace place = open(address, means);
    RootKey key = place.keys().getFirst();
    try {
      key.unwrap(key.wrap(new byte[PLACE.length], PLACE), ANOTHER);
    } catch (GeneralSecurityException asItShould) {
      return place;
    }
    throw new RootKeyException(
        address + " does not bind associated data; use a key of a kind that does, such as AES-GCM");
  }

  private static Kms kms(String address, Means means) {
    Https https = new Https(means.trust());
    int end = address.indexOf("://");
    String name = address.substring(end + "://".length());
    return switch (address.substring(0, end)) {
      case "aws-kms" -> AwsKms.of(name, means, https);
      case "gcp-kms" -> GoogleKms.of(name, means, https);
      case "vault" -> Transit.of(name, means, https);
      default -> throw new IllegalStateException("not a service");
    };
  }
}
