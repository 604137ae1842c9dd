package dev.sotto.crypto.root;

import dev.sotto.chat.TrustedCertificates;
import io.micronaut.context.BeanProvider;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;

/**
 * Finds the place of root keys that an address names: {@code sotto.root-key}, or the one that keys
 * are moved to.
 */
@Singleton
public class RootKeys {
  private static final String AWS_KMS = "aws-kms://";
  private static final String GOOGLE_KMS = "gcp-kms://";
  private static final String TRANSIT = "vault://";
  private static final String FILE_OF_PASSPHRASE = Passphrase.SCHEME + KeyFile.SCHEME;
  private static final int PASSPHRASE_LIMIT = 4096;
  private static final int LONGEST = 240;

  private final String configured;
  private final Path dataDirectory;
  private final RootSettings settings;
  private final BeanProvider<TrustedCertificates> trust;
  private final Clock clock;

  RootKeys(
      @Value("${sotto.root-key:}") String configured,
      @Value("${sotto.data-directory:data}") Path dataDirectory,
      RootSettings settings,
      BeanProvider<TrustedCertificates> trust,
      Clock clock) {
    this.configured = configured.isBlank() ? KeyFile.SCHEME + home(settings) : configured.strip();
    this.dataDirectory = dataDirectory;
    this.settings = settings;
    this.trust = trust;
    this.clock = clock;
  }

  /** The address in {@code sotto.root-key}, or the default one. */
  public String configured() {
    return configured;
  }

  /**
   * Opens the place that is configured.
   *
   * @throws RootKeyException it cannot be used; nothing was changed
   */
  public RootPlace open() {
    return open(configured);
  }

  /**
   * Opens the place of data that exists.
   *
   * @throws RootKeyException it cannot be used; nothing was changed
   */
  public RootPlace open(String address) {
    return switch (Kind.of(address)) {
      case FILE -> KeyFile.open(path(address, KeyFile.SCHEME), dataDirectory);
      case PASSPHRASE -> Passphrase.open(address, words(address), dataDirectory);
      case AWS, GOOGLE, VAULT -> Services.open(address, means());
    };
  }

  /**
   * Opens a place, and makes what is missing there: for the first start, when there is no data, and
   * for a move to that place.
   *
   * @throws RootKeyException it cannot be used; nothing was changed
   */
  public RootPlace openOrCreate(String address) {
    return switch (Kind.of(address)) {
      case FILE -> KeyFile.openOrCreate(path(address, KeyFile.SCHEME), dataDirectory);
      case PASSPHRASE -> Passphrase.openOrAdd(address, words(address), dataDirectory);
      case AWS, GOOGLE, VAULT -> Services.tryOut(address, means());
    };
  }

  private enum Kind {
    FILE,
    PASSPHRASE,
    AWS,
    GOOGLE,
    VAULT;

    static Kind of(String address) {
      if (address.length() <= LONGEST) {
        if (address.startsWith(KeyFile.SCHEME) && address.length() > KeyFile.SCHEME.length()) {
          return FILE;
        }
        if (address.equals(Passphrase.SCHEME) || address.startsWith(FILE_OF_PASSPHRASE)) {
          return PASSPHRASE;
        }
        if (address.startsWith(AWS_KMS)) {
          return AWS;
        }
        if (address.startsWith(GOOGLE_KMS)) {
          return GOOGLE;
        }
        if (address.startsWith(TRANSIT)) {
          return VAULT;
        }
      }
      throw new RootKeyException(
          "sotto.root-key must be file: and a path, such as file:/etc/sotto/root.key, or begin"
              + " with passphrase:, aws-kms://, gcp-kms:// or vault://, in 240 characters");
    }
  }

  private Services.Means means() {
    return new Services.Means(settings, trust.get(), clock, dataDirectory);
  }

  private String words(String address) {
    if (!address.startsWith(FILE_OF_PASSPHRASE)) {
      return Passphrase.words(
          address,
          settings
              .find("sotto.root-passphrase")
              .orElseThrow(() ->
                  new RootKeyException(
                      "passphrase: needs SOTTO_ROOT_PASSPHRASE, or use passphrase:file:/path/to/it")));
    }
    PrivateFile file = new PrivateFile(path(address, FILE_OF_PASSPHRASE));
    try {
      file.refuseInside(dataDirectory);
      return Passphrase.words(address, file.read(PASSPHRASE_LIMIT, "a passphrase"));
    } catch (IOException e) {
      throw new RootKeyException(file.path() + ", which holds the passphrase, cannot be read", e);
    }
  }

  private static Path path(String address, String scheme) {
    return Path.of(address.substring(scheme.length()));
  }

  private static Path home(RootSettings settings) {
    Path folder =
        settings
            .find("XDG_CONFIG_HOME")
            .map(Path::of)
            .orElseGet(() -> Path.of(System.getProperty("user.home"), ".config"));
    return folder.resolve("sotto/root.key");
  }
}
