package dev.sotto.crypto.root;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * Root keys derived from a passphrase of at least 12 characters: PBKDF2-HMAC-SHA256, 600,000
 * rounds, a random salt each. Salt and rounds are not secret and are needed wherever the data is,
 * so they lie in {@code passphrase.salt} in the data directory and are backed up with it: whoever
 * has the data and the passphrase has all it takes. The rounds cannot be lowered by who writes to
 * that file: another number makes another key.
 */
final class Passphrase implements RootPlace {
  static final String SCHEME = "passphrase:";

  private static final String FILE = "passphrase.salt";
  private static final String FUNCTION = "PBKDF2WithHmacSHA256";
  private static final String NAME = "pbkdf2-hmac-sha256";
  private static final int ROUNDS = 600_000;
  private static final int MOST_ROUNDS = 10_000_000;
  private static final int SALT_SIZE = 16;
  private static final int KEY_BITS = 256;
  private static final int SHORTEST = 12;
  private static final int LONGEST = 1_024;
  private static final int MOST = 16;
  private static final int LIMIT = 4096;
  private static final String EXPLANATION =
      "# How Sotto makes its root key from the passphrase. Not secret; back it up with the data.\n";

  private final String location;
  private final String words;
  private final PrivateFile file;
  private final List<Derived> derived;

  /** One line of the file: what makes a key of a passphrase, and the name of that key. */
  private record Salt(String id, int rounds, String base64) {
    byte[] bytes() {
      return Base64.getDecoder().decode(base64);
    }

    String line() {
      return "%s %s %d %s%n".formatted(id, NAME, rounds, base64);
    }
  }

  private record Derived(Salt salt, Optional<RawKey> key) {}

  private Passphrase(String location, String words, PrivateFile file, List<Derived> derived) {
    this.location = location;
    this.words = words;
    this.file = file;
    this.derived = derived;
  }

  static Passphrase open(String location, String words, Path dataDirectory) {
    PrivateFile file = new PrivateFile(dataDirectory.resolve(FILE));
    try {
      List<Derived> derived =
          read(file).stream().map(it -> new Derived(it, matching(words, it))).toList();
      if (derived.stream().allMatch(it -> it.key().isEmpty())) {
        throw new RootKeyException(
            location + " is not the passphrase that this data was sealed with");
      }
      return new Passphrase(location, words, file, derived);
    } catch (NoSuchFileException e) {
      throw new RootKeyException(
          file.path() + " is missing: it is needed beside the passphrase; restore it", e);
    } catch (IOException e) {
      throw new RootKeyException(file.path() + " cannot be read", e);
    }
  }

  /** The passphrase itself: what was set, without space around it, in Unicode's composed form. */
  static String words(String location, String set) {
    String words = Normalizer.normalize(set.strip(), Normalizer.Form.NFC);
    if (words.length() < SHORTEST || words.length() > LONGEST) {
      throw new RootKeyException(
          location + ": a passphrase has 12 to 1,024 characters; try: openssl rand -base64 24");
    }
    return words;
  }

  @Override
  public String location() {
    return location;
  }

  @Override
  public List<RootKey> keys() {
    return derived.stream()
        .flatMap(it -> it.key().stream().<RootKey>map(key -> held(it.salt(), key)))
        .toList();
  }

  @Override
  public RootKey add() {
    byte[] random = new byte[SALT_SIZE];
    new SecureRandom().nextBytes(random);
    RawKey key = derive(words, ROUNDS, random);
    Salt salt = new Salt(SCHEME + key.id(), ROUNDS, Base64.getEncoder().encodeToString(random));
    List<Salt> all = new ArrayList<>(derived.stream().map(Derived::salt).toList());
    all.add(salt);
    if (all.size() > MOST) {
      throw new RootKeyException(file.path() + " holds " + MOST + " salts already");
    }
    write(all);
    return held(salt, key);
  }

  @Override
  public void drop(Set<String> ids) {
    List<Salt> all = derived.stream().map(Derived::salt).toList();
    List<Salt> rest = all.stream().filter(it -> !ids.contains(it.id())).toList();
    if (!rest.isEmpty() && rest.size() < all.size()) {
      write(rest);
    }
  }

  /** A passphrase of a place that holds salts for another one too gets one of its own. */
  static Passphrase openOrAdd(String location, String words, Path dataDirectory) {
    PrivateFile file = new PrivateFile(dataDirectory.resolve(FILE));
    try {
      List<Derived> derived =
          file.exists()
              ? read(file).stream().map(it -> new Derived(it, matching(words, it))).toList()
              : List.of();
      if (derived.stream().allMatch(it -> it.key().isEmpty())) {
        new Passphrase(location, words, file, derived).add();
      }
    } catch (IOException e) {
      throw new RootKeyException(file.path() + " cannot be read", e);
    }
    return open(location, words, dataDirectory);
  }

  private HeldKey held(Salt salt, RawKey key) {
    return new HeldKey(salt.id(), location, key);
  }

  private static Optional<RawKey> matching(String words, Salt salt) {
    RawKey key = derive(words, salt.rounds(), salt.bytes());
    return Optional.of(key).filter(it -> salt.id().equals(SCHEME + it.id()));
  }

  private static RawKey derive(String words, int rounds, byte[] salt) {
    char[] characters = words.toCharArray();
    var spec = new PBEKeySpec(characters, salt, rounds, KEY_BITS);
    try {
      return new RawKey(SecretKeyFactory.getInstance(FUNCTION).generateSecret(spec).getEncoded());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK has no " + FUNCTION, e);
    } finally {
      spec.clearPassword();
    }
  }

  private void write(List<Salt> all) {
    StringBuilder text = new StringBuilder(EXPLANATION);
    all.forEach(it -> text.append(it.line()));
    try {
      file.write(text.toString());
    } catch (IOException e) {
      throw new RootKeyException(file.path() + " cannot be written", e);
    }
  }

  private static List<Salt> read(PrivateFile file) throws IOException {
    List<Salt> salts =
        file.read(LIMIT, "a list of salts")
            .lines()
            .filter(line -> !line.startsWith("#") && !line.isBlank())
            .map(line -> parse(file, line))
            .toList();
    if (salts.isEmpty() || salts.size() > MOST) {
      throw damaged(file);
    }
    return salts;
  }

  private static Salt parse(PrivateFile file, String line) {
    String[] parts = line.split(" ", -1);
    try {
      int rounds = Integer.parseInt(parts[2]);
      Salt salt = new Salt(parts[0], rounds, parts[3]);
      if (parts[1].equals(NAME)
          && rounds >= ROUNDS
          && rounds <= MOST_ROUNDS
          && salt.bytes().length == SALT_SIZE) {
        return salt;
      }
    } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException _) {
      throw damaged(file);
    }
    throw damaged(file);
  }

  private static RootKeyException damaged(PrivateFile file) {
    return new RootKeyException(file.path() + " is damaged; restore it from its backup");
  }
}
