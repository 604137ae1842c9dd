package dev.sotto.crypto.root;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sotto.crypto.root.Https.Answer;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Who we are to Google: a service account, by the key file that {@code
 * GOOGLE_APPLICATION_CREDENTIALS} names. A signed claim (RFC 7523) is exchanged for a token, which
 * is kept until a minute before its end. Not asked for is the metadata service of Google's
 * machines, which has no TLS.
 */
final class GoogleIdentity {
  private static final Duration LIFE = Duration.ofMinutes(10);
  private static final Duration EARLY = Duration.ofMinutes(1);
  private static final int LIMIT = 64 << 10;
  private static final String SCOPE = "https://www.googleapis.com/auth/cloudkms";
  private static final String GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer";
  private static final Base64.Encoder URL = Base64.getUrlEncoder().withoutPadding();

  private final Services.Means means;
  private final Https https;
  private Optional<Token> token = Optional.empty();

  private record Token(String value, Instant until) {
    @Override
    public String toString() {
      return "Token";
    }
  }

  GoogleIdentity(Services.Means means, Https https) {
    this.means = means;
    this.https = https;
  }

  synchronized String token() throws IOException, RefusedException {
    Instant now = means.clock().instant();
    Optional<Token> known = token.filter(it -> now.isBefore(it.until().minus(EARLY)));
    if (known.isEmpty()) {
      known = Optional.of(exchanged(account(), now));
      token = known;
    }
    return known.get().value();
  }

  synchronized void forget() {
    token = Optional.empty();
  }

  private JsonNode account() throws IOException, RefusedException {
    Path path =
        means
            .settings()
            .find("sotto.gcp.credentials", "GOOGLE_APPLICATION_CREDENTIALS")
            .map(Path::of)
            .orElseThrow(() ->
                RefusedException.without(
                    "no credentials: set GOOGLE_APPLICATION_CREDENTIALS to a service account's key file"));
    PrivateFile file = new PrivateFile(path);
    if (!file.exists()) {
      throw RefusedException.without("the file with the service account's key is missing");
    }
    file.refuseInside(means.dataDirectory());
    return new ObjectMapper().readTree(file.read(LIMIT, "a service account's key"));
  }

  private Token exchanged(JsonNode account, Instant now) throws IOException, RefusedException {
    URI address = URI.create(account.path("token_uri").asText(""));
    if (!"https".equals(address.getScheme())) {
      throw RefusedException.without("the service account's token_uri must begin with https://");
    }
    String question =
        "grant_type=" + URLEncoder.encode(GRANT, UTF_8) + "&assertion=" + claim(account, now);
    Map<String, String> headers = Map.of("Content-Type", "application/x-www-form-urlencoded");
    Answer answer = https.post(address, headers, question.getBytes(US_ASCII));
    if (!answer.well()) {
      String error = answer.body().path("error").asText("");
      throw RefusedException.of(answer.status(), "token " + error);
    }
    long seconds = answer.body().path("expires_in").asLong();
    return new Token(answer.text("access_token"), now.plusSeconds(seconds));
  }

  private static String claim(JsonNode account, Instant now) throws RefusedException {
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("iss", account.path("client_email").asText(""));
    claims.put("scope", SCOPE);
    claims.put("aud", account.path("token_uri").asText(""));
    claims.put("iat", now.getEpochSecond());
    claims.put("exp", now.plus(LIFE).getEpochSecond());
    Map<String, Object> header =
        Map.of("alg", "RS256", "typ", "JWT", "kid", account.path("private_key_id").asText(""));
    String signed =
        URL.encodeToString(Https.json(header)) + "." + URL.encodeToString(Https.json(claims));
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(key(account.path("private_key").asText("")));
      signature.update(signed.getBytes(US_ASCII));
      return signed + "." + URL.encodeToString(signature.sign());
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw RefusedException.without("the service account's key cannot be used");
    }
  }

  private static PrivateKey key(String pem) throws GeneralSecurityException {
    String base64 = pem.replaceAll("-----[A-Z ]+-----", "");
    byte[] bytes = Base64.getMimeDecoder().decode(base64);
    return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(bytes));
  }
}
