package dev.sotto.crypto.root;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sotto.crypto.root.Https.Answer;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

/**
 * Who we are to AWS, by AWS's own environment variables: an access key there, a web identity (as
 * EKS gives its pods) that STS exchanges, or the shared credentials file. Not asked for is the
 * metadata service of EC2 and ECS, which has no TLS.
 */
final class AwsIdentity {
  private static final Duration EARLY = Duration.ofMinutes(5);
  private static final int LIMIT = 64 << 10;
  private static final Pattern SECTION = Pattern.compile("\\[\\s*(?:profile\\s+)?([^\\]]+?)\\s*]");

  private final Services.Means means;
  private final Https https;
  private final URI sts;
  private Optional<Session> session = Optional.empty();

  private record Session(AwsCredentialsIdentity credentials, Instant until) {}

  AwsIdentity(Services.Means means, Https https, URI sts) {
    this.means = means;
    this.https = https;
    this.sts = sts;
  }

  AwsCredentialsIdentity get() throws IOException, RefusedException {
    Optional<AwsCredentialsIdentity> set =
        identity(name -> means.settings().find(name.toUpperCase(Locale.ROOT)));
    if (set.isPresent()) {
      return set.get();
    }
    Optional<String> token = means.settings().find("AWS_WEB_IDENTITY_TOKEN_FILE");
    Optional<String> role = means.settings().find("AWS_ROLE_ARN");
    return token.isPresent() && role.isPresent()
        ? exchanged(new PrivateFile(Path.of(token.get())), role.get())
        : ofFile();
  }

  private static Optional<AwsCredentialsIdentity> identity(Function<String, Optional<String>> set) {
    Optional<String> id = set.apply("aws_access_key_id");
    Optional<String> secret = set.apply("aws_secret_access_key");
    if (id.isEmpty() || secret.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        set.apply("aws_session_token")
            .<AwsCredentialsIdentity>map(
                it -> AwsSessionCredentialsIdentity.create(id.get(), secret.get(), it))
            .orElseGet(() -> AwsCredentialsIdentity.create(id.get(), secret.get())));
  }

  private AwsCredentialsIdentity ofFile() throws IOException, RefusedException {
    Path path =
        means
            .settings()
            .find("AWS_SHARED_CREDENTIALS_FILE")
            .map(Path::of)
            .orElseGet(() -> Path.of(System.getProperty("user.home"), ".aws", "credentials"));
    PrivateFile file = new PrivateFile(path);
    if (!file.exists()) {
      throw RefusedException.without("no AWS credentials: set AWS_ACCESS_KEY_ID and its secret");
    }
    file.refuseInside(means.dataDirectory());
    String profile = means.settings().find("AWS_PROFILE").orElse("default");
    Map<String, String> entries = section(file.read(LIMIT, "a credentials file"), profile);
    return identity(name -> Optional.ofNullable(entries.get(name)))
        .orElseThrow(
            () -> RefusedException.without("no AWS access key for the profile in the file"));
  }

  private static Map<String, String> section(String text, String wanted) {
    Map<String, String> entries = new HashMap<>();
    boolean inside = false;
    for (String line : text.lines().map(String::strip).toList()) {
      var header = SECTION.matcher(line);
      if (header.matches()) {
        inside = header.group(1).equals(wanted);
      } else if (inside && line.contains("=") && !line.startsWith("#")) {
        List<String> parts = List.of(line.split("\\s*=\\s*", 2));
        entries.put(parts.getFirst(), parts.getLast());
      }
    }
    return entries;
  }

  private synchronized AwsCredentialsIdentity exchanged(PrivateFile token, String role)
      throws IOException, RefusedException {
    Instant now = means.clock().instant();
    Optional<Session> known = session.filter(it -> now.isBefore(it.until().minus(EARLY)));
    if (known.isPresent()) {
      return known.get().credentials();
    }
    String question =
        "Action=AssumeRoleWithWebIdentity&Version=2011-06-15&RoleSessionName=sotto&RoleArn="
            + URLEncoder.encode(role, UTF_8)
            + "&WebIdentityToken="
            + URLEncoder.encode(token.readShared(LIMIT, "a token").strip(), UTF_8);
    Map<String, String> headers =
        Map.of("Content-Type", "application/x-www-form-urlencoded", "Accept", "application/json");
    Answer answer = https.post(sts, headers, question.getBytes(UTF_8));
    if (!answer.well()) {
      String code = answer.body().path("Error").path("Code").asText("");
      throw RefusedException.of(answer.status(), "STS " + code);
    }
    return keep(answer);
  }

  private AwsCredentialsIdentity keep(Answer answer) throws RefusedException {
    String[] path = {"AssumeRoleWithWebIdentityResponse", "AssumeRoleWithWebIdentityResult"};
    var given = answer.body().path(path[0]).path(path[1]).path("Credentials");
    Answer fields = new Answer(answer.status(), given);
    AwsCredentialsIdentity credentials =
        AwsSessionCredentialsIdentity.create(
            fields.text("AccessKeyId"),
            fields.text("SecretAccessKey"),
            fields.text("SessionToken"));
    Instant until = Instant.ofEpochSecond(given.path("Expiration").asLong());
    session = Optional.of(new Session(credentials, until));
    return credentials;
  }
}
