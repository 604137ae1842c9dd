package dev.sotto.crypto.root;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.google.crypto.tink.AccessesPartialKey;
import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.aead.AeadConfig2026;
import com.google.crypto.tink.aead.XAesGcmKey;
import com.google.crypto.tink.aead.XAesGcmParameters;
import com.google.crypto.tink.util.SecretBytes;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Thirty-two secret bytes as a wrapping key: what a root key held by ourselves is made of. */
public final class RawKey {
  private static final int SALT_SIZE = 12;
  private static final String MAC = "HmacSHA256";
  private static final byte[] NAME = "dev.sotto root key id".getBytes(US_ASCII);

  private final Aead aead;
  private final String id;

  @AccessesPartialKey
  public RawKey(byte[] bytes) {
    SecretBytes secret = SecretBytes.copyFrom(bytes, InsecureSecretKeyAccess.get());
    try {
      XAesGcmParameters kind =
          XAesGcmParameters.create(XAesGcmParameters.Variant.NO_PREFIX, SALT_SIZE);
      KeysetHandle.Builder.Entry entry =
          KeysetHandle.importKey(XAesGcmKey.create(kind, secret, null)).withFixedId(1);
      this.aead =
          KeysetHandle.newBuilder()
              .setConfiguration(AeadConfig2026.get())
              .addEntry(entry.makePrimary())
              .build()
              .getPrimitive(AeadConfig2026.get(), Aead.class);
      Mac mac = Mac.getInstance(MAC);
      mac.init(new SecretKeySpec(bytes, MAC));
      this.id = HexFormat.of().formatHex(mac.doFinal(NAME), 0, Long.BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the platform lacks AES-GCM or HMAC-SHA256", e);
    }
  }

  /** A name of the key that tells nothing about it. */
  public String id() {
    return id;
  }

  public byte[] seal(byte[] plain, byte[] associatedData) {
    try {
      return aead.encrypt(plain, associatedData);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("sealing failed", e);
    }
  }

  public byte[] open(byte[] sealed, byte[] associatedData) throws GeneralSecurityException {
    return aead.decrypt(sealed, associatedData);
  }
}
