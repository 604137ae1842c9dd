package dev.sotto.slack;

import com.google.gson.JsonObject;
import com.slack.api.util.http.SlackHttpClient;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.time.Duration;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import okhttp3.FormBody;
import okhttp3.Response;

/**
 * Slack's Web API with one token. A call is made once and never repeated here, because only the
 * caller knows whether repeating could show something twice.
 */
final class SlackApi {
  private static final Duration LONGEST_WAIT = Duration.ofHours(1);

  private final SlackHttpClient http;
  private final String base;
  private final String token;

  SlackApi(SlackHttpClient http, String base, String token) {
    this.http = http;
    this.base = base;
    this.token = token;
  }

  /** A call that may answer with scopes in its header. */
  record Answer(JsonObject body, String scopes) {
    @Override
    public String toString() {
      return "Answer";
    }
  }

  /**
   * @throws SlackFailure Slack did not do it, or did not say so
   */
  JsonObject call(String method, FormBody.Builder form) {
    return ask(method, form).body();
  }

  Answer ask(String method, FormBody.Builder form) {
    try (Response response = http.postFormWithBearerHeader(base + method, token, form.build())) {
      String body = response.body().string();
      if (response.code() == 429) {
        throw SlackFailure.later(method, retryAfter(response));
      }
      JsonObject answer = SlackJson.parse(body);
      if (!SlackJson.isTrue(answer, "ok")) {
        throw failure(method, response.code(), SlackJson.text(answer, "error"));
      }
      return new Answer(answer, String.valueOf(response.header("x-oauth-scopes", "")));
    } catch (SSLHandshakeException | SSLPeerUnverifiedException e) {
      throw SlackFailure.of(method, SlackFailure.Kind.UNTRUSTED, Tls.explain(e));
    } catch (SSLException e) {
      throw SlackFailure.of(method, SlackFailure.Kind.UNKNOWN, Tls.explain(e));
    } catch (ConnectException | NoRouteToHostException | UnknownHostException e) {
      throw SlackFailure.of(method, SlackFailure.Kind.UNREACHED, "Slack is not reachable");
    } catch (IOException e) {
      throw SlackFailure.of(method, SlackFailure.Kind.UNKNOWN, "no answer in time");
    }
  }

  /** Answers a command where Slack said to. The address is a secret of its own: no token. */
  void respond(String url, JsonObject json) {
    try (Response response = http.postJsonBody(url, json)) {
      if (response.code() == 429) {
        throw SlackFailure.later("response_url", retryAfter(response));
      }
      if (!response.isSuccessful()) {
        throw failure("response_url", response.code(), "");
      }
    } catch (IOException e) {
      throw SlackFailure.of("response_url", SlackFailure.Kind.UNKNOWN, "no answer in time");
    }
  }

  private static SlackFailure failure(String method, int status, String error) {
    if (!error.isEmpty() || (status >= 200 && status < 300)) {
      return SlackFailure.answered(method, error);
    }
    SlackFailure.Kind kind = status >= 500 ? SlackFailure.Kind.UNKNOWN : SlackFailure.Kind.REFUSED;
    return SlackFailure.of(method, kind, "HTTP status " + status);
  }

  private static Duration retryAfter(Response response) {
    String seconds = String.valueOf(response.header("Retry-After", "1"));
    if (!seconds.matches("\\d{1,9}")) {
      return Duration.ofSeconds(1);
    }
    Duration wait = Duration.ofSeconds(Long.parseLong(seconds));
    return wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
  }
}
