package dev.sotto.crypto.root;

import dev.sotto.crypto.root.Https.Answer;
import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * A key of Google Cloud KMS, over REST. What is sent and what comes back carries checksums, as
 * Google advises: a key that was damaged on its way to being wrapped could never be told.
 */
final class GoogleKms implements Kms {
  private static final Pattern NAME =
      Pattern.compile(
          "projects/[A-Za-z0-9:.-]+/locations/[a-z0-9-]+/keyRings/[\\w-]+/cryptoKeys/[\\w-]+");
  private static final int UNAUTHORIZED = 401;
  private static final int BAD_REQUEST = 400;

  private final String name;
  private final URI address;
  private final GoogleIdentity identity;
  private final Https https;

  private GoogleKms(String name, URI address, GoogleIdentity identity, Https https) {
    this.name = name;
    this.address = address;
    this.identity = identity;
    this.https = https;
  }

  static GoogleKms of(String name, Services.Means means, Https https) {
    if (!NAME.matcher(name).matches()) {
      throw new RootKeyException(
          "gcp-kms:// wants gcp-kms://projects/…/locations/…/keyRings/…/cryptoKeys/…");
    }
    URI address = means.settings().https("https://cloudkms.googleapis.com", "sotto.gcp.kms-url");
    return new GoogleKms(name, address, new GoogleIdentity(means, https), https);
  }

  @Override
  public URI address() {
    return address;
  }

  @Override
  public byte[] encrypt(byte[] plain, byte[] associatedData)
      throws IOException, GeneralSecurityException, RefusedException {
    Answer answer = call("encrypt", "plaintext", plain, associatedData);
    if (!answer.body().path("verifiedPlaintextCrc32c").asBoolean()
        || !answer.body().path("verifiedAdditionalAuthenticatedDataCrc32c").asBoolean()) {
      throw RefusedException.garbled();
    }
    return checked(answer, "ciphertext");
  }

  @Override
  public byte[] decrypt(byte[] wrapped, byte[] associatedData)
      throws IOException, GeneralSecurityException, RefusedException {
    return checked(call("decrypt", "ciphertext", wrapped, associatedData), "plaintext");
  }

  private Answer call(String verb, String field, byte[] value, byte[] associatedData)
      throws IOException, GeneralSecurityException, RefusedException {
    byte[] body =
        Https.json(
            Map.of(
                field,
                Base64.getEncoder().encodeToString(value),
                field + "Crc32c",
                checksum(value),
                "additionalAuthenticatedData",
                Base64.getEncoder().encodeToString(associatedData),
                "additionalAuthenticatedDataCrc32c",
                checksum(associatedData)));
    Map<String, String> headers =
        Map.of("Authorization", "Bearer " + identity.token(), "Content-Type", "application/json");
    Answer answer = https.post(address.resolve("v1/" + name + ":" + verb), headers, body);
    if (answer.well()) {
      return answer;
    }
    throw refused(verb, answer);
  }

  private RefusedException refused(String verb, Answer answer) throws GeneralSecurityException {
    String status = answer.body().path("error").path("status").asText("");
    if (verb.equals("decrypt")
        && answer.status() == BAD_REQUEST
        && status.equals("INVALID_ARGUMENT")) {
      throw new GeneralSecurityException(status);
    }
    RefusedException refused = RefusedException.of(answer.status(), status);
    if (answer.status() == UNAUTHORIZED) {
      identity.forget();
      return refused.asPassing();
    }
    return refused;
  }

  private static byte[] checked(Answer answer, String field) throws RefusedException {
    byte[] value = answer.bytes(field);
    if (!answer.body().path(field + "Crc32c").asText("").equals(checksum(value))) {
      throw RefusedException.garbled();
    }
    return value;
  }

  private static String checksum(byte[] value) {
    CRC32C checksum = new CRC32C();
    checksum.update(value);
    return Long.toString(checksum.getValue());
  }
}
