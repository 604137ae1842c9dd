package dev.sotto.crypto.root;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import dev.sotto.model.PrivateAuthority;
import java.io.IOException;
import java.net.URLDecoder;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * AWS KMS and STS: JSON 1.1, and a signature of version 4 that is computed here anew, from AWS's
 * description and not with the library that made it.
 */
final class AwsServer extends KmsServer {
  static final String ID = "AKIDEXAMPLE";
  static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
  static final String WEB_TOKEN = "a token of the cluster";
  private static final String SESSION = "a session";
  private static final Pattern AUTHORIZATION =
      Pattern.compile(
          "AWS4-HMAC-SHA256 Credential=(\\w+)/(\\d{8})/([a-z0-9-]+)/kms/aws4_request, "
              + "SignedHeaders=([a-z0-9;-]+), Signature=([0-9a-f]{64})");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssX").withZone(ZoneOffset.UTC);

  AwsServer(PrivateAuthority authority, String protocol) {
    super(authority, protocol);
  }

  @Override
  Told answer(HttpExchange exchange, byte[] body) throws IOException {
    if (new String(body, UTF_8).startsWith("Action=AssumeRoleWithWebIdentity")) {
      return assumed(URLDecoder.decode(new String(body, UTF_8), UTF_8));
    }
    try {
      if (!signed(exchange, body)) {
        return error("InvalidSignatureException");
      }
      return call(exchange.getRequestHeaders().getFirst("X-Amz-Target"), json(body));
    } catch (GeneralSecurityException e) {
      return error("InvalidCiphertextException");
    }
  }

  private Told call(String target, JsonNode question) throws GeneralSecurityException {
    String key = question.path("KeyId").asText();
    byte[] bound = question.path("EncryptionContext").toString().getBytes(UTF_8);
    return switch (target) {
      case "TrentService.Encrypt" -> {
        byte[] wrapped = encrypt(key, bytes(question.path("Plaintext")), bound);
        yield new Told(200, Map.of("CiphertextBlob", base64(wrapped), "KeyId", key));
      }
      case "TrentService.Decrypt" -> {
        byte[] plain = decrypt(key, bytes(question.path("CiphertextBlob")), bound);
        yield new Told(200, Map.of("Plaintext", base64(plain), "KeyId", key));
      }
      default -> error("UnknownOperationException");
    };
  }

  /** AWS General Reference, "Create a signed AWS API request". */
  private static boolean signed(HttpExchange exchange, byte[] body)
      throws GeneralSecurityException {
    var headers = exchange.getRequestHeaders();
    Matcher told =
        AUTHORIZATION.matcher(Optional.ofNullable(headers.getFirst("Authorization")).orElse(""));
    if (!told.matches()) {
      return false;
    }
    String time = headers.getFirst("X-Amz-Date");
    Duration age = Duration.between(Instant.from(TIME.parse(time)), Instant.now()).abs();
    String names = told.group(4);
    boolean whole =
        Arrays.asList(names.split(";", -1)).containsAll(java.util.List.of("host", "x-amz-date", "x-amz-target"));
    String canonical =
        "POST\n/\n\n"
            + Arrays.stream(names.split(";", -1))
                .map(it -> it + ":" + headers.getFirst(it).strip() + "\n")
                .collect(Collectors.joining())
            + "\n" + names + "\n" + hex(sha256(body));
    String scope = told.group(2) + "/" + told.group(3) + "/kms/aws4_request";
    String toSign =
        "AWS4-HMAC-SHA256\n" + time + "\n" + scope + "\n" + hex(sha256(canonical.getBytes(UTF_8)));
    boolean session = told.group(1).equals("ASIAEXAMPLE");
    byte[] key = ("AWS4" + SECRET).getBytes(UTF_8);
    for (String part : scope.split("/", -1)) {
      key = hmac(key, part);
    }
    return whole
        && time.startsWith(told.group(2))
        && age.compareTo(Duration.ofMinutes(5)) < 0
        && (session
            ? SESSION.equals(headers.getFirst("X-Amz-Security-Token"))
            : told.group(1).equals(ID))
        && hex(hmac(key, toSign)).equals(told.group(5));
  }

  private static Told assumed(String form) {
    boolean good =
        form.contains("&WebIdentityToken=" + WEB_TOKEN)
            && form.contains("&RoleArn=arn:aws:iam::123456789012:role/sotto");
    if (!good) {
      return new Told(400, Map.of("Error", Map.of("Code", "InvalidIdentityToken")));
    }
    Map<String, Object> credentials =
        Map.of(
            "AccessKeyId", "ASIAEXAMPLE",
            "SecretAccessKey", SECRET,
            "SessionToken", SESSION,
            "Expiration", Instant.now().plusSeconds(3600).getEpochSecond());
    return new Told(
        200,
        Map.of(
            "AssumeRoleWithWebIdentityResponse",
            Map.of("AssumeRoleWithWebIdentityResult", Map.of("Credentials", credentials))));
  }

  private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(text.getBytes(UTF_8));
  }

  private static byte[] sha256(byte[] bytes) throws GeneralSecurityException {
    return MessageDigest.getInstance("SHA-256").digest(bytes);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static Told error(String name) {
    return new Told(400, Map.of("__type", "com.amazonaws.kms#" + name, "message", "secret words"));
  }

  @Override
  Told denied() {
    return error("AccessDeniedException");
  }
}
