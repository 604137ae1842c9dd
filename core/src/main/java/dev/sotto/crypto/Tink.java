package dev.sotto.crypto;

import com.google.crypto.tink.AccessesPartialKey;
import com.google.crypto.tink.Aead;
import com.google.crypto.tink.Configuration;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.Parameters;
import com.google.crypto.tink.PublicKeySign;
import com.google.crypto.tink.TinkProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig2026;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import com.google.crypto.tink.prf.PredefinedPrfParameters;
import com.google.crypto.tink.prf.Prf;
import com.google.crypto.tink.prf.PrfConfig2026;
import com.google.crypto.tink.prf.PrfSet;
import com.google.crypto.tink.signature.Ed25519PrivateKey;
import com.google.crypto.tink.signature.PredefinedSignatureParameters;
import com.google.crypto.tink.signature.SignatureConfig2026;
import jakarta.inject.Singleton;
import java.security.GeneralSecurityException;

/**
 * Makes keys and turns them into primitives: XAES-256-GCM with 192-bit nonces, whose number of
 * values under one key needs no counting (C2SP XAES-256-GCM), HMAC-SHA256 for blind indexes, and
 * Ed25519 for receipts. A keyset has exactly one key, so that destroying its row destroys that key
 * and no other.
 */
@Singleton
class Tink {
  private final Configuration aeads = AeadConfig2026.get();
  private final Configuration prfs = PrfConfig2026.get();
  private final Configuration signatures = SignatureConfig2026.get();

  KeysetHandle make(Scope.Kind kind) {
    KeysetHandle.Builder.Entry entry = KeysetHandle.generateEntryFromParameters(parameters(kind));
    try {
      return KeysetHandle.newBuilder()
          .setConfiguration(configuration(kind))
          .addEntry(entry.withRandomId().makePrimary())
          .build();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("no key could be made", e);
    }
  }

  /** What keys of a kind are used with, by its usual name. */
  static String algorithm(Scope.Kind kind) {
    return switch (kind) {
      case INDEX -> "HMAC-SHA256";
      case PERMUTATION -> "AES-256";
      case WORKSPACE, PERSON, CONVERSATION, DATA, INSTALLATION, SIGNING -> "XAES-256-GCM";
    };
  }

  /** The key itself, which goes nowhere but into a wrapper. */
  byte[] secret(Scope.Kind kind, KeysetHandle key) {
    try {
      return TinkProtoKeysetFormat.serializeKeyset(
          key, InsecureSecretKeyAccess.get(), configuration(kind));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a key could not be written", e);
    }
  }

  Aead aead(byte[] secret) throws GeneralSecurityException {
    return parse(secret, aeads).getPrimitive(aeads, Aead.class);
  }

  Prf prf(byte[] secret) throws GeneralSecurityException {
    PrfSet set = parse(secret, prfs).getPrimitive(prfs, PrfSet.class);
    return set.getPrfs().values().iterator().next();
  }

  @AccessesPartialKey
  Signer signer(byte[] secret) throws GeneralSecurityException {
    KeysetHandle key = parse(secret, signatures);
    PublicKeySign sign = key.getPrimitive(signatures, PublicKeySign.class);
    if (key.getPrimary().getKey() instanceof Ed25519PrivateKey it) {
      return new Signer(sign, it.getPublicKey().getPublicKeyBytes().toByteArray());
    }
    throw new GeneralSecurityException("not a key for Ed25519");
  }

  private static Parameters parameters(Scope.Kind kind) {
    return switch (kind) {
      case INDEX, PERMUTATION -> PredefinedPrfParameters.HMAC_SHA256_PRF;
      case SIGNING -> PredefinedSignatureParameters.ED25519WithRawOutput;
      case WORKSPACE, PERSON, CONVERSATION, DATA, INSTALLATION ->
          PredefinedAeadParameters.XAES_256_GCM_192_BIT_NONCE;
    };
  }

  private Configuration configuration(Scope.Kind kind) {
    return switch (kind) {
      case INDEX, PERMUTATION -> prfs;
      case SIGNING -> signatures;
      case WORKSPACE, PERSON, CONVERSATION, DATA, INSTALLATION -> aeads;
    };
  }

  private static KeysetHandle parse(byte[] secret, Configuration configuration)
      throws GeneralSecurityException {
    return TinkProtoKeysetFormat.parseKeyset(secret, InsecureSecretKeyAccess.get(), configuration);
  }
}
