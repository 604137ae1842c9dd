package dev.sotto.crypto.root;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sotto.crypto.root.Https.Answer;
import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/**
 * A key of AWS KMS, over its JSON 1.1 protocol, signed with signature version 4. The associated
 * data is the encryption context, which AWS writes into CloudTrail: it holds ids of ours only.
 */
final class AwsKms implements Kms {
  private static final Pattern ARN =
      Pattern.compile("arn:(aws[a-z-]*):kms:([a-z0-9-]+):\\d{12}:(key|alias)/[A-Za-z0-9/_-]+");
  private static final String CONTEXT = "sotto";
  private static final Set<String> OF_ANOTHER =
      Set.of("InvalidCiphertextException", "IncorrectKeyException");
  private static final Set<String> PASSING =
      Set.of("ThrottlingException", "DependencyTimeoutException", "KMSInternalException");

  private final String arn;
  private final String region;
  private final URI address;
  private final AwsIdentity identity;
  private final Https https;
  private final Clock clock;
  private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();

  private AwsKms(
      String arn, String region, URI address, AwsIdentity identity, Https https, Clock clock) {
    this.arn = arn;
    this.region = region;
    this.address = address;
    this.identity = identity;
    this.https = https;
    this.clock = clock;
  }

  static AwsKms of(String arn, Services.Means means, Https https) {
    Matcher parts = ARN.matcher(arn);
    if (!parts.matches()) {
      throw new RootKeyException(
          "aws-kms:// wants the key's ARN, such as aws-kms://arn:aws:kms:eu-central-1:123456789012:key/…");
    }
    String region = parts.group(2);
    String suffix =
        region + (parts.group(1).equals("aws-cn") ? ".amazonaws.com.cn" : ".amazonaws.com");
    URI address =
        means
            .settings()
            .https("https://kms." + suffix, "sotto.aws.kms-url", "AWS_ENDPOINT_URL_KMS");
    URI sts =
        means
            .settings()
            .https("https://sts." + suffix, "sotto.aws.sts-url", "AWS_ENDPOINT_URL_STS");
    AwsIdentity identity = new AwsIdentity(means, https, sts);
    return new AwsKms(arn, region, address, identity, https, means.clock());
  }

  @Override
  public URI address() {
    return address;
  }

  @Override
  public byte[] encrypt(byte[] plain, byte[] associatedData)
      throws IOException, GeneralSecurityException, RefusedException {
    return call("Encrypt", "Plaintext", plain, associatedData).bytes("CiphertextBlob");
  }

  @Override
  public byte[] decrypt(byte[] wrapped, byte[] associatedData)
      throws IOException, GeneralSecurityException, RefusedException {
    return call("Decrypt", "CiphertextBlob", wrapped, associatedData).bytes("Plaintext");
  }

  private Answer call(String operation, String field, byte[] value, byte[] associatedData)
      throws IOException, GeneralSecurityException, RefusedException {
    Base64.Encoder base64 = Base64.getEncoder();
    byte[] body =
        Https.json(
            Map.of(
                "KeyId",
                arn,
                field,
                base64.encodeToString(value),
                "EncryptionContext",
                Map.of(CONTEXT, base64.encodeToString(associatedData))));
    Answer answer = https.post(address, signed(operation, body), body);
    if (answer.well()) {
      return answer;
    }
    throw refused(answer);
  }

  private Map<String, String> signed(String operation, byte[] body)
      throws IOException, RefusedException {
    AwsCredentialsIdentity credentials = identity.get();
    SdkHttpRequest request =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.POST)
            .uri(address)
            .putHeader("Content-Type", "application/x-amz-json-1.1")
            .putHeader("X-Amz-Target", "TrentService." + operation)
            .build();
    SignRequest<AwsCredentialsIdentity> question =
        SignRequest.builder(credentials)
            .request(request)
            .payload(ContentStreamProvider.fromByteArray(body))
            .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "kms")
            .putProperty(AwsV4HttpSigner.REGION_NAME, region)
            .putProperty(HttpSigner.SIGNING_CLOCK, clock)
            .build();
    Map<String, String> headers = new HashMap<>();
    signer
        .sign(question)
        .request()
        .headers()
        .forEach((name, values) -> headers.put(name, values.getFirst()));
    return headers;
  }

  /** What AWS says, without its words: only the name of the error. */
  private static RefusedException refused(Answer answer) throws GeneralSecurityException {
    JsonNode type = answer.body().path("__type");
    String name = type.asText("").replaceFirst("^.*#", "");
    if (OF_ANOTHER.contains(name)) {
      throw new GeneralSecurityException(name);
    }
    RefusedException refused = RefusedException.of(answer.status(), name);
    return PASSING.contains(name) ? refused.asPassing() : refused;
  }
}
