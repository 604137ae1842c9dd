package dev.sotto.sandbox.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sotto.sandbox.Sandbox;
import dev.sotto.sandbox.side.Call;
import dev.sotto.sandbox.side.Fault;
import dev.sotto.sandbox.side.Faults;
import dev.sotto.sandbox.side.Place;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SlackFaultsTest {
  private static final String POST = "chat.postMessage";

  private final SlackServer slack = new SlackServer();
  private final Sandbox sandbox = Sandbox.start(0, slack);
  private final SlackClient client = new SlackClient(sandbox, slack);

  @AfterEach
  void stop() {
    sandbox.close();
  }

  @Test
  void refusesTooManyCallsForAsOftenAsPlanned() throws Exception {
    slack.faults().next(POST, 2, Fault.tooMany(Duration.ofSeconds(1)));

    HttpResponse<String> first = post();
    assertThat(first.statusCode()).isEqualTo(429);
    assertThat(first.headers().firstValue("Retry-After")).hasValue("1");
    assertThat(post().statusCode()).isEqualTo(429);
    assertThat(post().statusCode()).isEqualTo(200);
    assertThat(said()).isEqualTo(1);
    assertThat(slack.faults().left()).isZero();
  }

  @Test
  void breaksForAnyCall() throws Exception {
    slack.faults().next(Faults.ANY, Fault.broken(500));

    assertThat(client.send("auth.test", slack.botToken()).statusCode()).isEqualTo(500);
    assertThat(client.send("auth.test", slack.botToken()).statusCode()).isEqualTo(200);
  }

  @Test
  void refusesInThePlatformsWords() throws Exception {
    slack.faults().next(POST, Fault.refused("account_inactive", Map.of("needed", "chat:write")));

    HttpResponse<String> answer = post();

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(SlackClient.json(answer).path("error").asText()).isEqualTo("account_inactive");
    assertThat(SlackClient.json(answer).path("needed").asText()).isEqualTo("chat:write");
    assertThat(said()).isZero();
  }

  @Test
  void takesItsTime() throws Exception {
    slack.faults().next(POST, Fault.slow(Duration.ofMillis(300)));
    Instant before = Instant.now();

    assertThat(post().statusCode()).isEqualTo(200);
    assertThat(Duration.between(before, Instant.now())).isGreaterThan(Duration.ofMillis(290));
  }

  @Test
  void doesWhatItWasAskedAndNeverAnswers() {
    slack.faults().next(POST, Fault.unanswered());

    assertThatThrownBy(this::post).isInstanceOf(HttpTimeoutException.class);
    assertThat(said()).isEqualTo(1);
  }

  @Test
  void doesWhatItWasAskedAndHangsUp() {
    slack.faults().next(POST, Fault.cut());

    assertThatThrownBy(this::post)
        .isInstanceOf(IOException.class)
        .isNotInstanceOf(HttpTimeoutException.class);
    assertThat(said()).isEqualTo(1);
  }

  @Test
  void callsOffWhatWasPlanned() throws Exception {
    slack.faults().next(POST, 3, Fault.broken(500));
    slack.faults().clear();

    assertThat(post().statusCode()).isEqualTo(200);
  }

  @Test
  void writesDownEveryCallButNoToken() throws Exception {
    slack.faults().next(POST, Fault.broken(500));
    post();
    post();

    assertThat(slack.faults().calls(POST))
        .hasSize(2)
        .allSatisfy(call -> assertThat(call.field("text")).isEqualTo("hello"));
    assertThat(slack.faults().calls())
        .extracting(Call::toString)
        .noneMatch(call -> call.contains(slack.botToken()));
  }

  @Test
  void comesBackWithEverythingItKnew() throws Exception {
    post();
    sandbox.unplug();
    assertThatThrownBy(this::post).isInstanceOf(IOException.class);

    sandbox.plug();
    assertThat(post().statusCode()).isEqualTo(200);
    assertThat(said()).isEqualTo(2);
  }

  private HttpResponse<String> post() throws Exception {
    return client.send(POST, slack.botToken(), "channel", SlackServer.GENERAL, "text", "hello");
  }

  private int said() {
    return slack.view(SlackServer.TOM).bubbles(Place.in(SlackServer.GENERAL)).size();
  }
}
