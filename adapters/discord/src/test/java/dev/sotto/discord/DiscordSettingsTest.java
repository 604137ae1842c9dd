package dev.sotto.discord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sotto.chat.ConnectionException;
import dev.sotto.chat.Secret;
import java.net.URI;
import java.security.cert.X509Certificate;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;

class DiscordSettingsTest {
  private static DiscordSettings settings(String token, String url) {
    return new DiscordSettings(Secret.of(token), URI.create(url), new TrustsNobody());
  }

  @Test
  void takesABaseUrlWithAndWithoutItsLastSlash() {
    assertThat(settings("t", "https://localhost/api/v10").base())
        .isEqualTo("https://localhost/api/v10/");
    assertThat(settings("t", "https://localhost/api/v10/").base())
        .isEqualTo("https://localhost/api/v10/");
  }

  @Test
  void refusesAnAddressWithoutTls() {
    assertThatThrownBy(() -> settings("t", "http://localhost/api/v10/").check())
        .isInstanceOf(ConnectionException.class)
        .hasMessageContaining("https://");
  }

  @Test
  void refusesATokenThatIsNone() {
    for (String token : new String[] {"", "  ", "Bot abc", "ab\nc"}) {
      assertThatThrownBy(() -> settings(token, "https://localhost").check())
          .isInstanceOf(ConnectionException.class)
          .hasMessageContaining("DISCORD_TOKEN");
    }
  }

  @Test
  void neverPrintsTheToken() {
    assertThat(settings("s3cret", "https://localhost").toString())
        .contains("[REDACTED]")
        .doesNotContain("s3cret");
  }

  private static final class TrustsNobody implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {
      throw new IllegalStateException("not asked in these tests");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {
      throw new IllegalStateException("not asked in these tests");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
