package dev.sotto.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sotto.crypto.root.RootKey;
import dev.sotto.crypto.root.RootKeyException;
import dev.sotto.crypto.root.RootKeys;
import dev.sotto.crypto.root.RootPlace;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Seals files of any size, piece by piece, each under a key of its own that the root key wraps. The
 * label, which is readable, is bound to the content; what was altered, cut off or put together anew
 * does not open. Thread-safe.
 */
@Singleton
public class SealedFiles {
  private static final byte[] MAGIC = "SottoB1\n".getBytes(UTF_8);
  private static final int LONGEST_PART = 4096;

  /** An id is shown on terminals, and everybody can write one into a file. */
  private static final Pattern ROOT_ID = Pattern.compile("[!-~]{1,250}");

  private final Provider<Installation> installation;
  private final RootKeys roots;

  SealedFiles(Provider<Installation> installation, RootKeys roots) {
    this.installation = installation;
    this.roots = roots;
  }

  /** What a file holds. */
  public enum Kind {
    DATA(1),
    KEYS(2);

    private final byte id;

    Kind(int id) {
      this.id = (byte) id;
    }

    private static Kind of(byte id) throws IOException {
      return Arrays.stream(values())
          .filter(it -> it.id == id)
          .findFirst()
          .orElseThrow(() -> new IOException("an unknown kind"));
    }
  }

  /**
   * What can be read of a file by everybody.
   *
   * @param rootId the name of the root key that opens it
   */
  public record Label(UUID installation, Kind kind, Instant at, String rootId) {}

  /** A file that is open; reading fails with {@link IOException} where it does not verify. */
  public record Opened(Label label, InputStream content) {}

  /** Begins a file of this installation; it is whole only when the stream has been closed. */
  public OutputStream sealing(OutputStream to, Kind kind, Instant at) throws IOException {
    RootKey root = installation.get().root();
    byte[] label = written(new Label(installation.get().id(), kind, at, root.id()));
    FileKey key = FileKey.make();
    byte[] wrapped = root.wrap(key.secret(), label);
    DataOutputStream out = new DataOutputStream(to);
    out.write(label);
    out.writeShort(wrapped.length);
    out.write(wrapped);
    out.flush();
    return key.sealing(to, label);
  }

  /**
   * Opens a file, wherever it was made.
   *
   * @throws SealedFileException it is none, or is sealed under another root key
   * @throws RootKeyException the root key cannot be used
   */
  public Opened opening(InputStream from) throws IOException {
    DataInputStream in = new DataInputStream(from);
    try {
      Label label = read(in);
      byte[] wrapped = part(in);
      return new Opened(label, key(label, wrapped).opening(from, written(label)));
    } catch (EOFException e) {
      throw new SealedFileException("is no backup of Sotto, or is cut off", e);
    }
  }

  private FileKey key(Label label, byte[] wrapped) {
    RootPlace place = roots.open();
    RootKey root =
        place
            .named(label.rootId())
            .orElseThrow(() ->
                new SealedFileException(
                    "is sealed under the root key "
                        + label.rootId()
                        + ", not under "
                        + place.location()));
    try {
      return FileKey.of(root.unwrap(wrapped, written(label)));
    } catch (GeneralSecurityException e) {
      throw new SealedFileException("is damaged or altered at its beginning", e);
    }
  }

  private static byte[] written(Label label) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      byte[] rootId = label.rootId().getBytes(UTF_8);
      out.write(MAGIC);
      out.writeByte(label.kind().id);
      out.writeLong(label.installation().getMostSignificantBits());
      out.writeLong(label.installation().getLeastSignificantBits());
      out.writeLong(label.at().toEpochMilli());
      out.writeShort(rootId.length);
      out.write(rootId);
    } catch (IOException e) {
      throw new IllegalStateException("memory does not fail", e);
    }
    return bytes.toByteArray();
  }

  private static Label read(DataInputStream in) throws IOException {
    if (!Arrays.equals(in.readNBytes(MAGIC.length), MAGIC)) {
      throw new SealedFileException("is no backup of Sotto");
    }
    Kind kind;
    try {
      kind = Kind.of(in.readByte());
    } catch (EOFException e) {
      throw e;
    } catch (IOException e) {
      throw new SealedFileException("is damaged or altered at its beginning", e);
    }
    UUID installation = new UUID(in.readLong(), in.readLong());
    Instant at = Instant.ofEpochMilli(in.readLong());
    String rootId = new String(part(in), UTF_8);
    if (!ROOT_ID.matcher(rootId).matches()) {
      throw new SealedFileException("is damaged or altered at its beginning");
    }
    return new Label(installation, kind, at, rootId);
  }

  private static byte[] part(DataInputStream in) throws IOException {
    int length = in.readUnsignedShort();
    if (length > LONGEST_PART) {
      throw new SealedFileException("is damaged or altered at its beginning");
    }
    byte[] part = new byte[length];
    in.readFully(part);
    return part;
  }
}
