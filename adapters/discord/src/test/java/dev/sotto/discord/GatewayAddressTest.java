package dev.sotto.discord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sotto.chat.ConnectionException;
import dev.sotto.chat.Secret;
import java.net.URI;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GatewayAddressTest {
  private final Lab lab = new Lab();

  @AfterEach
  void close() {
    lab.close();
  }

  private GatewayAddress answered(int status, String body) {
    DiscordSettings settings =
        new DiscordSettings(
            Secret.of(lab.server.botToken()),
            URI.create(lab.server.apiUrl().toString()),
            Lab.trust(lab.sandbox.certificateAuthority()));
    DiscordTls tls = new DiscordTls(settings.trust(), Lab.TIMEOUT);
    OkHttpClient http =
        tls.http()
            .newBuilder()
            .addInterceptor(chain ->
                new Response.Builder()
                    .request(chain.request())
                    .protocol(Protocol.HTTP_1_1)
                    .code(status)
                    .message("as told")
                    .body(ResponseBody.create(body, MediaType.get("application/json")))
                    .build())
            .build();
    return new GatewayAddress(new FirstCalls(settings, http), tls);
  }

  @Test
  void takesASecureAddressThatAnswers() {
    String address = lab.server.gatewayUrl().toString();

    assertThat(answered(200, "{\"url\":\"" + address + "\"}").ask().address()).isEqualTo(address);
  }

  @Test
  void refusesAnAddressWithoutTls() {
    String plain = lab.server.gatewayUrl().toString().replace("wss:", "ws:");

    for (String address : new String[] {plain, "http://localhost/", "localhost", ""}) {
      assertThatThrownBy(() -> answered(200, "{\"url\":\"" + address + "\"}").ask())
          .isInstanceOf(UnreachableException.class)
          .hasMessageContaining("wss://");
    }
  }

  @Test
  void takesAnAnswerThatIsNoneForAnOutage() {
    for (String body : new String[] {"", "<html>", "{}", "[]", "{\"url\":\"%%\"}"}) {
      assertThatThrownBy(() -> answered(200, body).ask()).isInstanceOf(UnreachableException.class);
    }
    assertThatThrownBy(() -> answered(503, "{}").ask())
        .isInstanceOf(UnreachableException.class)
        .hasMessageContaining("503");
  }

  @Test
  void saysThatTheTokenIsWrong() {
    assertThatThrownBy(() -> answered(401, "{}").ask())
        .isInstanceOf(ConnectionException.class)
        .hasMessageContaining("DISCORD_TOKEN");
  }
}
