package dev.sotto.crypto;

import com.google.crypto.tink.Configuration;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.StreamingAead;
import com.google.crypto.tink.TinkProtoKeysetFormat;
import com.google.crypto.tink.streamingaead.PredefinedStreamingAeadParameters;
import com.google.crypto.tink.streamingaead.StreamingAeadConfig2026;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.GeneralSecurityException;

/**
 * The key of one file: AES-256-GCM with a key derived by HKDF for each file, in segments of 1 MiB
 * that know their number and whether they are the last.
 */
final class FileKey {
  private static final Configuration STREAMS = StreamingAeadConfig2026.get();

  private final KeysetHandle key;

  private FileKey(KeysetHandle key) {
    this.key = key;
  }

  static FileKey make() {
    try {
      KeysetHandle.Builder.Entry entry =
          KeysetHandle.generateEntryFromParameters(
              PredefinedStreamingAeadParameters.AES256_GCM_HKDF_1MB);
      return new FileKey(
          KeysetHandle.newBuilder()
              .setConfiguration(STREAMS)
              .addEntry(entry.withRandomId().makePrimary())
              .build());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("no key could be made", e);
    }
  }

  static FileKey of(byte[] secret) throws GeneralSecurityException {
    return new FileKey(
        TinkProtoKeysetFormat.parseKeyset(secret, InsecureSecretKeyAccess.get(), STREAMS));
  }

  /** The key itself, which goes nowhere but into a wrapper. */
  byte[] secret() {
    try {
      return TinkProtoKeysetFormat.serializeKeyset(key, InsecureSecretKeyAccess.get(), STREAMS);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a key could not be written", e);
    }
  }

  OutputStream sealing(OutputStream to, byte[] associatedData) throws IOException {
    try {
      return stream().newEncryptingStream(to, associatedData);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("sealing failed", e);
    }
  }

  InputStream opening(InputStream from, byte[] associatedData) throws IOException {
    try {
      return stream().newDecryptingStream(from, associatedData);
    } catch (GeneralSecurityException e) {
      throw new IOException("the file does not verify", e);
    }
  }

  private StreamingAead stream() throws GeneralSecurityException {
    return key.getPrimitive(STREAMS, StreamingAead.class);
  }
}
