package dev.sotto.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sotto.crypto.root.RootKey;
import dev.sotto.crypto.root.RootKeyException;
import dev.sotto.crypto.root.RootKeys;
import jakarta.inject.Singleton;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Seals what an operator keeps outside of the databases: secrets in the configuration and the files
 * of assistants. A sealed text is one line that begins with {@link #MARK}, and opens only under the
 * name that it was sealed for.
 *
 * <p>It is sealed under a key of its own, which the root key wraps, and not under a key of the key
 * store: the password of that very database may be sealed, and is needed before it is open. For the
 * same reason it is bound to no installation; whoever has the root key has what it seals.
 */
@Singleton
public class SealedTexts {
  /** How a sealed text begins. */
  public static final String MARK = "sealed:";

  /** The longest text, in bytes of UTF-8. */
  public static final int LIMIT = 1 << 20;

  private static final byte FORMAT = 1;
  private static final int LONGEST_PART = 4096;
  private static final String AGAIN = "; seal it again";

  private final RootKeys roots;
  private final Binding binding;
  private final Tink tink;

  SealedTexts(RootKeys roots, Binding binding, Tink tink) {
    this.roots = roots;
    this.binding = binding;
    this.tink = tink;
  }

  /** What a text is; the same name of two uses has unrelated sealed texts. */
  public enum Use {
    /** The value of a property, by its key. */
    PROPERTY(1),
    /** The definition of an assistant, by the name of its file. */
    ASSISTANT(2);

    private final byte id;

    Use(int id) {
      this.id = (byte) id;
    }

    byte id() {
      return id;
    }
  }

  /**
   * Seals a text for a name.
   *
   * @throws RootKeyException the root key cannot be used
   * @throws IllegalArgumentException the text is longer than {@link #LIMIT}
   */
  public String seal(Use use, String name, String text) {
    byte[] plain = text.getBytes(UTF_8);
    if (plain.length > LIMIT) {
      throw new IllegalArgumentException("more than 1 MiB cannot be sealed as a text");
    }
    RootKey root = keys().getLast();
    byte[] place = binding.ofText(use, name);
    byte[] key = tink.secret(Scope.Kind.INSTALLATION, tink.make(Scope.Kind.INSTALLATION));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(FORMAT);
      put(out, root.id().getBytes(UTF_8));
      put(out, root.wrap(key, place));
      out.write(tink.aead(key).encrypt(Padding.pad(plain), place));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("sealing failed", e);
    }
    return MARK + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
  }

  /**
   * Opens what was sealed for this name.
   *
   * @throws SealedTextException it was not, or under another root key; the message says what to do
   * @throws RootKeyException the root key cannot be used
   */
  public String open(Use use, String name, String sealed) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(decode(sealed)))) {
      if (in.readByte() != FORMAT) {
        throw new SealedTextException(
            "is sealed in a form that this version does not know" + AGAIN);
      }
      String rootId = new String(part(in), UTF_8);
      byte[] wrapped = part(in);
      return open(root(rootId), binding.ofText(use, name), wrapped, in.readAllBytes());
    } catch (IOException e) {
      throw damaged(e);
    }
  }

  private RootKey root(String id) {
    List<RootKey> keys = keys();
    return keys.stream()
        .filter(it -> it.id().equals(id))
        .findFirst()
        .orElseThrow(() ->
            new SealedTextException(
                "was sealed under another root key than " + keys.getLast().location() + AGAIN));
  }

  private List<RootKey> keys() {
    return roots.open(roots.configured()).keys();
  }

  private String open(RootKey root, byte[] place, byte[] wrapped, byte[] sealed) {
    try {
      byte[] key = root.unwrap(wrapped, place);
      byte[] padded = tink.aead(key).decrypt(sealed, place);
      return new String(Padding.unpad(padded).orElseThrow(() -> damaged(null)), UTF_8);
    } catch (GeneralSecurityException e) {
      throw new SealedTextException("was altered, or sealed for another name" + AGAIN, e);
    }
  }

  private static byte[] decode(String sealed) {
    String line = sealed.strip();
    if (!line.startsWith(MARK)) {
      throw new SealedTextException("is not sealed; seal it");
    }
    try {
      return Base64.getUrlDecoder().decode(line.substring(MARK.length()));
    } catch (IllegalArgumentException e) {
      throw damaged(e);
    }
  }

  private static SealedTextException damaged(@Nullable Exception cause) {
    return new SealedTextException("is sealed, but damaged or cut off" + AGAIN, cause);
  }

  private static void put(DataOutputStream out, byte[] part) throws IOException {
    out.writeShort(part.length);
    out.write(part);
  }

  private static byte[] part(DataInputStream in) throws IOException {
    int length = in.readUnsignedShort();
    if (length > LONGEST_PART) {
      throw new IOException("a part is too long");
    }
    return in.readNBytes(length);
  }
}
