package dev.sotto.crypto;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The proof of an erasure: one line of JSON in one form only, without content or names. Signed with
 * Ed25519 is the line without its last member, {@code signature}.
 *
 * @param rows how many rows were sealed under the keys when they were destroyed
 */
public record Receipt(String json, long rows) {
  private static final String FORM = "sotto erasure 1";
  private static final String ID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";
  private static final Pattern LINE =
      Pattern.compile(
          ("(\\{\"form\":\"%s\",\"kind\":\"(?:person|conversation|workspace)\",\"scope\":\"%s\""
                  + ",\"erasure\":\"%s\",\"installation\":\"%s\",\"keys\":\\d{1,18},\"rows\":\\d{1,18}"
                  + ",\"at\":\"[0-9T:.Z-]{20,30}\",\"key\":\"[0-9a-f]{16}\")"
                  + ",\"signature\":\"([A-Za-z0-9+/]{86}==)\"}\n?+")
              .formatted(FORM, ID, ID, ID));

  private static final byte[] INFO = HexFormat.of().parseHex("302a300506032b6570032100");
  private static final String BEGIN = "-----BEGIN PUBLIC KEY-----";
  private static final String END = "-----END PUBLIC KEY-----";

  static Receipt of(ErasureRow erasure, UUID installation, Signer signer) {
    long rows = erasure.rowCount() == null ? 0 : erasure.rowCount();
    String said =
        "{\"form\":\"%s\",\"kind\":\"%s\",\"scope\":\"%s\",\"erasure\":\"%s\",\"installation\":\"%s\",\"keys\":%d,\"rows\":%d,\"at\":\"%s\",\"key\":\"%s\""
            .formatted(
                FORM,
                erasure.kind().name().toLowerCase(Locale.ROOT),
                erasure.scopeId(),
                erasure.id(),
                installation,
                erasure.keyCount(),
                rows,
                erasure.destroyedAt(),
                id(signer.publicKey()));
    byte[] signature = signer.sign((said + "}").getBytes(US_ASCII));
    String last = Base64.getEncoder().encodeToString(signature);
    return new Receipt(said + ",\"signature\":\"" + last + "\"}", rows);
  }

  /**
   * Whether this is a receipt, unaltered, signed by the owner of that key. Needs nothing but the
   * two texts.
   *
   * @param pem the public key, as {@link Shredder#publicKey} tells it
   * @throws IllegalArgumentException the key is none
   */
  public static boolean verify(String json, String pem) {
    PublicKey key = parse(pem);
    Matcher line = LINE.matcher(json);
    if (!line.matches()) {
      return false;
    }
    byte[] signature = Base64.getDecoder().decode(line.group(2));
    try {
      Signature ed25519 = Signature.getInstance("Ed25519");
      ed25519.initVerify(key);
      ed25519.update((line.group(1) + "}").getBytes(US_ASCII));
      return Base64.getEncoder().encodeToString(signature).equals(line.group(2))
          && ed25519.verify(signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  /** As OpenSSL reads it: SubjectPublicKeyInfo in PEM. */
  static String pem(byte[] publicKey) {
    byte[] info = Arrays.copyOf(INFO, INFO.length + publicKey.length);
    System.arraycopy(publicKey, 0, info, INFO.length, publicKey.length);
    return BEGIN + "\n" + Base64.getEncoder().encodeToString(info) + "\n" + END + "\n";
  }

  private static PublicKey parse(String pem) {
    String bare = pem.strip();
    try {
      if (bare.startsWith(BEGIN) && bare.endsWith(END)) {
        String text = bare.substring(BEGIN.length(), bare.length() - END.length()).strip();
        byte[] info = Base64.getMimeDecoder().decode(text);
        return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(info));
      }
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IllegalArgumentException("the public key is none of Ed25519 in PEM", e);
    }
    throw new IllegalArgumentException(
        "the public key has to be a PEM file, as `bots/sotto privacy key` prints it");
  }

  /** Tells keys apart: the first bytes suffice for that. */
  private static String id(byte[] publicKey) {
    return HexFormat.of().formatHex(publicKey, 0, Long.BYTES);
  }

  @Override
  public String toString() {
    return json;
  }
}
