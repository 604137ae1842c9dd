package dev.sotto.sandbox.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sotto.sandbox.Sandbox;
import dev.sotto.sandbox.Trust;
import dev.sotto.sandbox.side.Place;
import dev.sotto.sandbox.slack.SlackServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageCallsTest {
  private final SlackServer slack = new SlackServer();
  private final Page page = new Page(new SecureRandom(), Optional.empty());
  private final Sandbox sandbox = Sandbox.start(0, page, slack);
  private final HttpClient http = Trust.client(sandbox);
  private final String key = page.address(sandbox.url()).getFragment();

  @AfterEach
  void stop() {
    sandbox.close();
  }

  @Test
  void answersThoseWhoKnowTheKey() throws Exception {
    HttpResponse<String> answer = send(request("/page/sides", key));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("slack", "maria").doesNotContain(key);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "AAAAAAAAAAAAAAAAAAAAAAAA", "é"})
  void refusesThoseWhoDoNot(String guess) throws Exception {
    assertThat(send(request("/page/sides", guess.replace("é", "%C3%A9"))).statusCode())
        .isEqualTo(403);
    assertThat(send(request("/page/view?side=slack&person=" + SlackServer.TOM, "")).statusCode())
        .isEqualTo(403);
    assertThat(act(guess.replace("é", ""), say("hi")).statusCode()).isEqualTo(403);
    assertThat(slack.view(SlackServer.TOM).bubbles(Place.in(SlackServer.GENERAL))).isEmpty();
  }

  @Test
  void refusesOtherWebSitesEvenWithTheKey() throws Exception {
    HttpRequest.Builder foreign = request("/page/sides", key).header("Origin", "https://a.example");
    HttpRequest.Builder own =
        request("/page/sides", key).header("Origin", sandbox.url().toString());

    assertThat(send(foreign).statusCode()).isEqualTo(403);
    assertThat(send(own).statusCode()).isEqualTo(200);
  }

  @Test
  void refusesANameThatOnlyPointsHere() throws Exception {
    assertThat(statusFor("a.example:" + sandbox.url().getPort())).contains("400");
    assertThat(statusFor("localhost:1")).contains("403");
    assertThat(statusFor("localhost")).contains("403");
    assertThat(statusFor("localhost:" + sandbox.url().getPort())).contains("200");
  }

  private String statusFor(String host) throws IOException {
    try (Socket socket =
        Trust.context(sandbox.certificateAuthority())
            .getSocketFactory()
            .createSocket("127.0.0.1", sandbox.url().getPort())) {
      String head = "GET /page/sides HTTP/1.1\r\nHost: " + host + "\r\nX-Page-Key: " + key;
      socket.getOutputStream().write((head + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
      var in = new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII);
      return new BufferedReader(in).readLine();
    }
  }

  @Test
  void opensNoLiveConnectionWithoutTheKey() {
    live("sotto.page", key).abort();

    assertThatThrownBy(() -> live("sotto.page", "wrong")).isInstanceOf(CompletionException.class);
    assertThatThrownBy(() -> live("sotto.page")).isInstanceOf(CompletionException.class);
  }

  private WebSocket live(String protocol, String... more) {
    URI url = URI.create("wss://localhost:" + sandbox.url().getPort() + "/page/live");
    return http.newWebSocketBuilder()
        .subprotocols(protocol, more)
        .buildAsync(url, new WebSocket.Listener() {})
        .join();
  }

  @Test
  void givesItsFilesWithAStrictPolicy() throws Exception {
    HttpResponse<String> index = send(request("/", ""));

    assertThat(index.statusCode()).isEqualTo(200);
    assertThat(index.headers().firstValue("Content-Security-Policy").orElseThrow())
        .contains("default-src 'none'", "script-src 'self'", "require-trusted-types-for 'script'")
        .doesNotContain("unsafe");
    assertThat(index.body()).doesNotContain("http:", "https:", "onclick", "style=", key);
    assertThat(send(request("/ui/app.js", "")).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/ui/../app.js",
        "/ui/%2e%2e/logback.xml",
        "/ui/none.js",
        "/ui/",
        "/ui/app.js.map"
      })
  void givesNothingElse(String path) throws Exception {
    assertThat(send(request(path, key)).statusCode()).isGreaterThanOrEqualTo(400);
  }

  @Test
  void saysWhatIsWrongWithAnAct() throws Exception {
    assertThat(act(key, say("hi")).statusCode()).isEqualTo(200);

    HttpResponse<String> nobody = act(key, say("hi").replace(SlackServer.TOM, "U404"));
    assertThat(nobody.statusCode()).isEqualTo(400);
    assertThat(nobody.body()).contains("error");
    assertThat(act(key, "{\"act\":\"say\"}").statusCode()).isEqualTo(400);
    assertThat(act(key, "{\"act\":\"shout\"}").statusCode()).isEqualTo(400);
    assertThat(act(key, "no JSON").statusCode()).isEqualTo(400);
    assertThat(act(key, say("hi").replace("slack", "irc")).body()).contains("no such platform");
  }

  @Test
  void takesTheBytesBehindTheAct() throws Exception {
    String attach =
        say("see")
            .replace("\"say\"", "\"attach\"")
            .replace("}}", "},\"name\":\"a.bin\"}")
            .replace("\"a.bin\"}", "\"a.bin\",\"type\":\"application/octet-stream\"}");

    assertThat(act(key, attach + "\n\n\u0001rest").statusCode()).isEqualTo(200);

    assertThat(slack.view(SlackServer.TOM).bubbles(Place.in(SlackServer.GENERAL)).getLast().files())
        .singleElement()
        .satisfies(file -> assertThat(file.size()).isEqualTo(6));
  }

  private static String say(String text) {
    return "{\"act\":\"say\",\"side\":\"slack\",\"person\":\"%s\",\"text\":\"%s\",\"place\":{\"channel\":\"%s\",\"thread\":null}}"
        .formatted(SlackServer.TOM, text, SlackServer.GENERAL);
  }

  private HttpResponse<String> act(String offered, String body) throws Exception {
    return send(request("/page/act", offered).POST(BodyPublishers.ofString(body)));
  }

  private HttpRequest.Builder request(String path, String offered) {
    return HttpRequest.newBuilder(URI.create(sandbox.url() + path))
        .timeout(Duration.ofSeconds(5))
        .header("X-Page-Key", offered);
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return http.send(request.build(), BodyHandlers.ofString());
  }
}
