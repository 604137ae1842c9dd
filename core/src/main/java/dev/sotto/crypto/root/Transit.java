package dev.sotto.crypto.root;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sotto.crypto.root.Https.Answer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A key of the transit engine of HashiCorp Vault or OpenBao. The token comes from {@code
 * VAULT_TOKEN}, or from a file that is read before every question, as an agent renews it there.
 */
final class Transit implements Kms {
  private static final Pattern NAME =
      Pattern.compile("([A-Za-z0-9.-]+|\\[[0-9a-fA-F:.]+])(:\\d{1,5})?/([\\w./-]+)/([\\w.-]+)");
  private static final Pattern OF_ANOTHER =
      Pattern.compile("message authentication failed|invalid ciphertext|unable to decrypt");
  private static final int BAD_REQUEST = 400;
  private static final int UNAVAILABLE = 503;
  private static final int LIMIT = 4096;

  private final URI address;
  private final String mount;
  private final String key;
  private final Services.Means means;
  private final Https https;

  private Transit(URI address, String mount, String key, Services.Means means, Https https) {
    this.address = address;
    this.mount = mount;
    this.key = key;
    this.means = means;
    this.https = https;
  }

  static Transit of(String name, Services.Means means, Https https) {
    Matcher parts = NAME.matcher(name);
    if (!parts.matches()) {
      throw new RootKeyException(
          "vault:// wants a host, the mount of transit and a key, such as vault://vault.example:8200/transit/sotto");
    }
    String port = Optional.ofNullable(parts.group(2)).orElse("");
    URI address = URI.create("https://" + parts.group(1) + port + "/");
    return new Transit(address, parts.group(3), parts.group(4), means, https);
  }

  @Override
  public URI address() {
    return address;
  }

  @Override
  public byte[] encrypt(byte[] plain, byte[] associatedData)
      throws IOException, GeneralSecurityException, RefusedException {
    String value = Base64.getEncoder().encodeToString(plain);
    return call("encrypt", "plaintext", value, associatedData)
        .text("data", "ciphertext")
        .getBytes(US_ASCII);
  }

  @Override
  public byte[] decrypt(byte[] wrapped, byte[] associatedData)
      throws IOException, GeneralSecurityException, RefusedException {
    String value = new String(wrapped, US_ASCII);
    return call("decrypt", "ciphertext", value, associatedData).bytes("data", "plaintext");
  }

  private Answer call(String verb, String field, String value, byte[] associatedData)
      throws IOException, GeneralSecurityException, RefusedException {
    Map<String, String> headers = new HashMap<>();
    headers.put("Content-Type", "application/json");
    headers.put("X-Vault-Request", "true");
    headers.put("X-Vault-Token", token());
    means
        .settings()
        .find("sotto.vault.namespace", "VAULT_NAMESPACE")
        .ifPresent(it -> headers.put("X-Vault-Namespace", it));
    String bound = Base64.getEncoder().encodeToString(associatedData);
    byte[] body = Https.json(Map.of(field, value, "associated_data", bound));
    URI uri = address.resolve("v1/" + mount + "/" + verb + "/" + key);
    Answer answer = https.post(uri, headers, body);
    if (answer.well()) {
      return answer;
    }
    throw refused(verb, answer);
  }

  private static RefusedException refused(String verb, Answer answer)
      throws GeneralSecurityException {
    StringBuilder errors = new StringBuilder();
    for (JsonNode error : answer.body().path("errors")) {
      errors.append(error.asText("")).append(' ');
    }
    if (verb.equals("decrypt")
        && answer.status() == BAD_REQUEST
        && OF_ANOTHER.matcher(errors).find()) {
      throw new GeneralSecurityException("not of this key");
    }
    String told = answer.status() == UNAVAILABLE ? "sealed or in standby" : errors.toString();
    return RefusedException.of(answer.status(), told);
  }

  private String token() throws IOException, RefusedException {
    Optional<String> file = means.settings().find("sotto.vault.token-file");
    if (file.isPresent()) {
      PrivateFile token = new PrivateFile(Path.of(file.get()));
      token.refuseInside(means.dataDirectory());
      return token.read(LIMIT, "a token").strip();
    }
    return means
        .settings()
        .find("sotto.vault.token", "VAULT_TOKEN")
        .orElseThrow(
            () -> RefusedException.without("no token: set VAULT_TOKEN or sotto.vault.token-file"));
  }
}
