package dev.sotto.crypto.root;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import dev.sotto.model.PrivateAuthority;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/** Google Cloud KMS and its token server: a claim is verified, and so is the token it bought. */
final class GoogleServer extends KmsServer {
  private static final Pattern VERB = Pattern.compile("/v1/(projects/.*):(encrypt|decrypt)");
  private static final String EMAIL = "sotto@example.iam.gserviceaccount.com";

  private final KeyPair account;
  private volatile String token = "none was given";
  private volatile boolean damages;

  GoogleServer(PrivateAuthority authority, String protocol) throws GeneralSecurityException {
    super(authority, protocol);
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    this.account = generator.generateKeyPair();
  }

  /** The file that an operator gets for a service account. */
  Path account(Path folder) throws IOException {
    String pem =
        "-----BEGIN PRIVATE KEY-----\n%s\n-----END PRIVATE KEY-----\n"
            .formatted(Base64.getMimeEncoder().encodeToString(account.getPrivate().getEncoded()));
    Path file = folder.resolve("account.json");
    Files.write(
        file,
        JSON.writeValueAsBytes(
            Map.of(
                "type", "service_account",
                "client_email", EMAIL,
                "private_key_id", "one",
                "private_key", pem,
                "token_uri", url() + "/token")));
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  /** The token that was given is worth nothing any more. */
  void expire() {
    token = "expired";
  }

  /** What is encrypted is not what was sent. */
  void damage() {
    damages = true;
  }

  @Override
  Told answer(HttpExchange exchange, byte[] body) throws IOException {
    String path = exchange.getRequestURI().getPath();
    if (path.equals("/token")) {
      return exchanged(new String(body, US_ASCII));
    }
    String bearer = exchange.getRequestHeaders().getFirst("Authorization");
    if (!("Bearer " + token).equals(bearer)) {
      return error(401, "UNAUTHENTICATED");
    }
    Matcher verb = VERB.matcher(path);
    return verb.matches()
        ? call(verb.group(2), verb.group(1), json(body))
        : error(404, "NOT_FOUND");
  }

  private Told call(String verb, String name, JsonNode question) {
    byte[] bound = bytes(question.path("additionalAuthenticatedData"));
    try {
      if (verb.equals("encrypt")) {
        byte[] plain = bytes(question.path("plaintext"));
        byte[] wrapped = encrypt(name, plain, bound);
        boolean whole = checksum(plain).equals(question.path("plaintextCrc32c").asText());
        return new Told(
            200,
            Map.of(
                "ciphertext", base64(wrapped),
                "ciphertextCrc32c", checksum(wrapped),
                "verifiedPlaintextCrc32c", whole && !damages,
                "verifiedAdditionalAuthenticatedDataCrc32c", whole));
      }
      byte[] plain = decrypt(name, bytes(question.path("ciphertext")), bound);
      return new Told(
          200, Map.of("plaintext", base64(plain), "plaintextCrc32c", checksum(plain)));
    } catch (GeneralSecurityException e) {
      return error(400, "INVALID_ARGUMENT");
    }
  }

  private Told exchanged(String form) throws IOException {
    String text = URLDecoder.decode(form, UTF_8);
    String grant = "grant_type=urn:ietf:params:oauth:grant-type:jwt-bearer&assertion=";
    String[] jwt = text.substring(grant.length()).split("\\.", -1);
    JsonNode claims = json(Base64.getUrlDecoder().decode(jwt[1]));
    long now = Instant.now().getEpochSecond();
    boolean good =
        text.startsWith(grant)
            && signed(jwt)
            && claims.path("iss").asText().equals(EMAIL)
            && claims.path("aud").asText().equals(url() + "/token")
            && claims.path("scope").asText().equals("https://www.googleapis.com/auth/cloudkms")
            && claims.path("iat").asLong() <= now
            && claims.path("exp").asLong() > now
            && claims.path("exp").asLong() <= now + 3600;
    if (!good) {
      return new Told(400, Map.of("error", "invalid_grant"));
    }
    token = UUID.randomUUID().toString();
    return new Told(200, Map.of("access_token", token, "expires_in", 3600));
  }

  private boolean signed(String[] jwt) {
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initVerify(account.getPublic());
      signature.update((jwt[0] + "." + jwt[1]).getBytes(US_ASCII));
      return signature.verify(Base64.getUrlDecoder().decode(jwt[2]));
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static String checksum(byte[] value) {
    CRC32C checksum = new CRC32C();
    checksum.update(value);
    return Long.toString(checksum.getValue());
  }

  private static Told error(int code, String status) {
    return new Told(code, Map.of("error", Map.of("code", code, "status", status)));
  }

  @Override
  Told denied() {
    return error(403, "PERMISSION_DENIED");
  }
}
