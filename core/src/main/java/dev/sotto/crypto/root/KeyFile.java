package dev.sotto.crypto.root;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/**
 * Root keys in a small text file of its owner: 32 random bytes in base64 each, below one line of
 * explanation. Refused when the group or others may do anything with it, or inside the data
 * directory: a stolen copy of the data must not bring its key along.
 */
final class KeyFile implements RootPlace {
  static final String SCHEME = "file:";

  private static final int KEY_SIZE = 32;
  private static final int MOST = 16;
  private static final int LIMIT = 4096;
  private static final String EXPLANATION =
      "# Root key of Sotto. Without it nobody can read the data: back it up, apart from the data.\n";

  private final PrivateFile file;
  private final List<byte[]> secrets;

  private KeyFile(PrivateFile file, List<byte[]> secrets) {
    this.file = file;
    this.secrets = secrets;
  }

  static KeyFile open(Path path, Path dataDirectory) {
    PrivateFile file = new PrivateFile(path);
    try {
      file.refuseInside(dataDirectory);
      return new KeyFile(file, read(file));
    } catch (NoSuchFileException e) {
      throw new RootKeyException(
          file.path()
              + " is missing, but data sealed with it exists; restore it, or name its place in sotto.root-key",
          e);
    } catch (IOException e) {
      throw new RootKeyException(file.path() + " cannot be read", e);
    }
  }

  static KeyFile openOrCreate(Path path, Path dataDirectory) {
    PrivateFile file = new PrivateFile(path);
    try {
      file.refuseInside(dataDirectory);
      if (!file.exists()) {
        file.write(text(List.of(random())));
      }
    } catch (IOException e) {
      throw new RootKeyException(file.path() + " cannot be made", e);
    }
    return open(path, dataDirectory);
  }

  @Override
  public String location() {
    return SCHEME + file.path();
  }

  @Override
  public List<RootKey> keys() {
    return secrets.stream().<RootKey>map(this::key).toList();
  }

  @Override
  public RootKey add() {
    byte[] added = random();
    List<byte[]> all = new ArrayList<>(secrets);
    all.add(added);
    if (all.size() > MOST) {
      throw new RootKeyException(file.path() + " holds " + MOST + " keys already");
    }
    write(all);
    return key(added);
  }

  @Override
  public void drop(Set<String> ids) {
    List<byte[]> rest = secrets.stream().filter(it -> !ids.contains(key(it).id())).toList();
    if (!rest.isEmpty() && rest.size() < secrets.size()) {
      write(rest);
    }
  }

  private HeldKey key(byte[] secret) {
    RawKey key = new RawKey(secret);
    return new HeldKey(SCHEME + key.id(), location(), key);
  }

  private void write(List<byte[]> all) {
    try {
      file.write(text(all));
    } catch (IOException e) {
      throw new RootKeyException(file.path() + " cannot be written", e);
    }
  }

  private static List<byte[]> read(PrivateFile file) throws IOException {
    String text = file.read(LIMIT, "a root key");
    try {
      List<byte[]> secrets =
          text.lines()
              .filter(line -> !line.startsWith("#") && !line.isBlank())
              .map(line -> Base64.getDecoder().decode(line.strip()))
              .toList();
      if (!secrets.isEmpty()
          && secrets.size() <= MOST
          && secrets.stream().allMatch(it -> it.length == KEY_SIZE)) {
        return secrets;
      }
    } catch (IllegalArgumentException notBase64) {
      throw new RootKeyException(
          file.path() + " is damaged; restore it from its backup", notBase64);
    }
    throw new RootKeyException(file.path() + " is damaged; restore it from its backup");
  }

  private static String text(List<byte[]> secrets) {
    StringBuilder text = new StringBuilder(EXPLANATION);
    secrets.forEach(it -> text.append(Base64.getEncoder().encodeToString(it)).append('\n'));
    return text.toString();
  }

  private static byte[] random() {
    byte[] bytes = new byte[KEY_SIZE];
    new SecureRandom().nextBytes(bytes);
    return bytes;
  }
}
