package dev.sotto.bots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sotto.chat.TrustedCertificates;
import dev.sotto.model.ModelServer;
import dev.sotto.model.PrivateAuthority;
import dev.sotto.sandbox.side.Place;
import dev.sotto.sandbox.side.Side;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Health, metrics and traces of the program in a process of its own. */
class HealthEndToEndTest {
  private static final String CANARY = "Xÿlophonquärtz2846";
  private static final String ANSWER = "Mÿrtenkränzchen9173";
  private static final Pattern ADDRESS =
      Pattern.compile("management at (https://127\\.0\\.0\\.1:(\\d+))(?:, to be trusted by (.+))?");
  private static final Pattern METRIC =
      Pattern.compile("\\b(?:sotto|hikaricp|jvm|process)_[a-z_]+");
  private static final String UP = "{\"status\":\"UP\"}";

  @TempDir private Path folder;
  private World world;
  private Program.Plan plan;

  @BeforeEach
  void open() throws IOException {
    world = new World(folder);
    plan = new Program.Plan(world, folder);
  }

  @AfterEach
  void close() {
    world.close();
  }

  /** The same look finds the one port when it is switched on. */
  @Test
  void nothingListensUnlessItIsSwitchedOnAndThenOnLoopbackAlone()
      throws IOException, InterruptedException {
    try (Program silent = Program.run(plan)) {
      assertThat(Ports.of(silent.pid())).isEmpty();
      assertThat(silent.out()).doesNotContain("management");
      silent.terminate();
      silent.exit(Duration.ofSeconds(5));
    }
    try (Program listening = Program.run(managed())) {
      int port = address(listening).port();

      assertThat(Ports.of(listening.pid()))
          .singleElement()
          .satisfies(it -> assertThat(it.port()).isEqualTo(port))
          .matches(Ports.Open::onLoopback);
      refusesPlaintextAndTls12(address(listening));
    }
  }

  @Test
  void isReadyAsLongAsEveryPlatformIsConnectedAndNamesThoseThatAreNot() throws Exception {
    try (Program program = Program.run(managed())) {
      Endpoint endpoint = address(program);
      await()
          .untilAsserted(() -> assertThat(endpoint.get("/health/readiness").body()).isEqualTo(UP));
      assertThat(endpoint.get("/health/readiness").statusCode()).isEqualTo(200);
      assertThat(endpoint.get("/health/liveness").body()).isEqualTo(UP);
      assertThat(endpoint.get("/").statusCode()).isEqualTo(404);
      assertThat(endpoint.post("/health/liveness").statusCode()).isEqualTo(405);

      world.sandbox().unplug();

      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(() -> {
            HttpResponse<String> answer = endpoint.get("/health/readiness");
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body())
                .isEqualTo("{\"status\":\"DOWN\",\"down\":[\"slack\",\"discord\"]}");
          });
      assertThat(endpoint.get("/health/liveness").statusCode()).isEqualTo(200);
      assertThat(endpoint.get("/metrics").body())
          .contains("sotto_part_up{part=\"slack\"} 0.0", "sotto_part_up{part=\"database\"} 1.0");
    }
  }

  @Test
  void isNotReadyOnceTheDiskHasNotTakenWhatWasForced() throws Exception {
    Path orders = folder.resolve("orders");
    plan = plan.onFaultyDisk(orders);
    try (Program program = Program.run(managed())) {
      Endpoint endpoint = address(program);
      await()
          .untilAsserted(() -> assertThat(endpoint.get("/health/readiness").body()).isEqualTo(UP));

      Files.writeString(orders, "force 1 fail");
      Side slack = world.side("slack");
      String person = slack.people().getLast().id();
      slack.say(person, Place.in(slack.direct(person)), CANARY);

      await()
          .untilAsserted(() ->
              assertThat(endpoint.get("/health/readiness").body())
                  .isEqualTo("{\"status\":\"DOWN\",\"down\":[\"database\"]}"));
      Files.delete(orders);
      assertThat(endpoint.get("/health/readiness").statusCode()).isEqualTo(503);
    }
  }

  @Test
  void countsAndTracesWhatIsSaidWithoutAWordOrAnId() throws Exception {
    PrivateAuthority authority = new PrivateAuthority();
    try (ModelServer collector = ModelServer.start(authority).thenRefuses(200, "");
        Program program = Program.run(traced(authority, collector.url()))) {
      List<String> secrets = talk();
      Endpoint endpoint = address(program);

      await()
          .untilAsserted(() ->
              assertThat(endpoint.get("/metrics").body())
                  .contains(
                      "sotto_accept_seconds_count{outcome=\"accepted\",platform=\"slack\"} 1",
                      "sotto_accept_seconds_count{outcome=\"accepted\",platform=\"discord\"} 1",
                      "sotto_turn_seconds_count{outcome=\"done\",platform=\"slack\"} 1",
                      "sotto_model_call_seconds_count{outcome=\"done\",provider=\"openai\"} 2",
                      "sotto_send_seconds_bucket{outcome=\"done\",platform=\"discord\",le=",
                      "sotto_turn_active 0.0",
                      "sotto_events_waiting 0.0",
                      "sotto_retries_total 0.0",
                      "sotto_given_up_total 0.0",
                      "sotto_lane_takeovers_total 0.0",
                      "sotto_rotation_rows_total 0.0",
                      "sotto_key_cache_hits_total",
                      "hikaricp_connections_active{pool=\"default\"}",
                      "hikaricp_connections_active{pool=\"keys\"}",
                      "jvm_memory_used_bytes",
                      "jvm_threads_live_threads",
                      "process_files_open_files"));
      await()
          .untilAsserted(() ->
              assertThat(told(collector))
                  .contains("accept", "turn", "model call", "send", "openai", "slack", "discord"));

      assertThat(endpoint.get("/metrics").body()).doesNotContain(secrets);
      assertThat(endpoint.get("/health/readiness").body()).doesNotContain(secrets);
      assertThat(told(collector)).doesNotContain(secrets);
      assertThat(program.err()).doesNotContain(secrets);
    }
  }

  /** The same collector would have taken them, had it not been for its TLS. */
  @Test
  void sendsNoTraceOverAnythingOlderThanTls13AndSaysSo() throws Exception {
    PrivateAuthority authority = new PrivateAuthority();
    try (ModelServer old = ModelServer.startOutdated(authority.server()).thenRefuses(200, "");
        Program program = Program.run(traced(authority, old.url()))) {
      talk();

      await().untilAsserted(() -> assertThat(program.out() + program.err()).contains("no TLS 1.3"));
      assertThat(old.requests()).isEmpty();
    }
  }

  @Test
  void theDashboardAsksForWhatThereIs() throws Exception {
    String dashboard = Files.readString(Installation.HOME.resolve("config/dashboards/sotto.json"));
    try (Program program = Program.run(managed())) {
      talk();
      Endpoint endpoint = address(program);

      await()
          .untilAsserted(() ->
              assertThat(endpoint.get("/metrics").body())
                  .contains(METRIC.matcher(dashboard).results().map(MatchResult::group).toList()));
    }
  }

  @Test
  void takesTheCertificateOfAnOperatorAndRefusesAKeyThatOthersCanRead() throws Exception {
    PrivateAuthority authority = new PrivateAuthority();
    authority.writeServer(folder);
    Path key = folder.resolve("server.key");
    Program.Plan own =
        plan.with(
            Map.of(
                "SOTTO_MANAGEMENT_PORT",
                "0",
                "SOTTO_MANAGEMENT_CERTIFICATE",
                folder.resolve("server.crt").toString(),
                "SOTTO_MANAGEMENT_PRIVATE_KEY",
                key.toString()));
    try (Program program = Program.run(own)) {
      Matcher said = ADDRESS.matcher(program.out());
      assertThat(said.find()).isTrue();
      assertThat(said.group(3)).isNull();
      Endpoint endpoint = new Endpoint(said, authority.pem(folder));
      assertThat(endpoint.get("/health/liveness").body()).isEqualTo(UP);
      program.terminate();
      program.exit(Duration.ofSeconds(5));
    }
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r-----"));

    try (Program refused = Program.start(own)) {
      assertThat(refused.exit(Duration.ofSeconds(60))).isEqualTo(1);
      assertThat(refused.err())
          .contains("sotto.management.private-key", "can be read by others", "chmod 600");
    }
  }

  private Program.Plan managed() {
    return plan.with(Map.of("SOTTO_MANAGEMENT_PORT", "0"));
  }

  /** Trusting the collector too. */
  private Program.Plan traced(PrivateAuthority authority, String collector)
      throws IOException, GeneralSecurityException {
    Path trusted = Path.of(world.environment().getOrDefault("SOTTO_TRUSTED_CERTIFICATES", ""));
    Path both = folder.resolve("both.pem");
    Path other = Files.createDirectories(folder.resolve("other"));
    Files.writeString(both, Files.readString(trusted) + Files.readString(authority.pem(other)));
    return plan.with(
        Map.of(
            "SOTTO_MANAGEMENT_PORT",
            "0",
            "SOTTO_TRUSTED_CERTIFICATES",
            both.toString(),
            "SOTTO_TRACES_ENDPOINT",
            collector + "/v1/traces"));
  }

  /** Says something unmistakable on both platforms; the answer is all that must not be told on. */
  private List<String> talk() {
    world.model().always(Speech.of("So it is, " + ANSWER));
    List<String> secrets =
        new ArrayList<>(List.of(CANARY, ANSWER, World.MODEL_KEY, "priya", "friend"));
    for (Side side : world.sandbox().sides()) {
      String person = side.people().getLast().id();
      Stage.tell(side, person, CANARY + side.name(), it -> it.contains(ANSWER));
      secrets.addAll(List.of(person, side.direct(person), side.channel("general")));
    }
    secrets.addAll(List.of(world.slack().team(), world.slack().bot(), world.slack().botToken()));
    secrets.addAll(List.of(world.discord().guildId(), world.discord().botToken()));
    return secrets;
  }

  private static String told(ModelServer collector) {
    StringBuilder all = new StringBuilder();
    collector.requests().forEach(it -> all.append(it.path()).append(' ').append(it.body()));
    return all.toString();
  }

  private static void refusesPlaintextAndTls12(Endpoint endpoint) throws IOException {
    try (Socket plain = new Socket(InetAddress.getLoopbackAddress(), endpoint.port())) {
      plain.setSoTimeout(10_000);
      plain
          .getOutputStream()
          .write("GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      assertThat(answered(plain)).doesNotContain("HTTP/");
    }
    try (SSLSocket old =
        (SSLSocket)
            endpoint
                .trust()
                .context()
                .getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), endpoint.port())) {
      old.setEnabledProtocols(new String[] {"TLSv1.2"});
      old.setEnabledCipherSuites(old.getSupportedCipherSuites());
      assertThatThrownBy(old::startHandshake)
          .isInstanceOf(SSLHandshakeException.class)
          .hasMessageContaining("protocol_version");
    }
  }

  private static String answered(Socket socket) throws IOException {
    try {
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    } catch (SocketException reset) {
      return "";
    }
  }

  private static Endpoint address(Program program) {
    Matcher said = ADDRESS.matcher(program.out());
    assertThat(said.find()).as(program.out()).isTrue();
    return new Endpoint(said, Path.of(said.group(3)));
  }

  /** The endpoint as a scraper sees it that trusts this authority. */
  private static final class Endpoint {
    private final URI base;
    private final TrustedCertificates trust;
    private final HttpClient http;

    Endpoint(Matcher said, Path authority) {
      base = URI.create(said.group(1));
      trust = TrustedCertificates.andThoseOf(authority);
      http = HttpClient.newBuilder().sslContext(trust.context()).build();
    }

    int port() {
      return base.getPort();
    }

    TrustedCertificates trust() {
      return trust;
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
      return http.send(HttpRequest.newBuilder(base.resolve(path)).build(), BodyHandlers.ofString());
    }

    HttpResponse<String> post(String path) throws IOException, InterruptedException {
      HttpRequest request =
          HttpRequest.newBuilder(base.resolve(path))
              .POST(HttpRequest.BodyPublishers.noBody())
              .build();
      return http.send(request, BodyHandlers.ofString());
    }
  }
}
