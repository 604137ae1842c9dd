package dev.sotto.slack;

import com.slack.api.Slack;
import com.slack.api.SlackConfig;
import com.slack.api.util.http.SlackHttpClient;
import com.slack.api.util.thread.ExecutorServiceProvider;
import dev.sotto.chat.ChatPlatform;
import dev.sotto.chat.CommandCatalogue;
import dev.sotto.chat.Connection;
import dev.sotto.chat.ConnectionException;
import dev.sotto.chat.Finding;
import dev.sotto.chat.Inbox;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import okhttp3.FormBody;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One bot in one Slack workspace, over Socket Mode: nothing listens, no address is needed. */
public final class SlackConnection implements Connection {
  private static final Logger log = LoggerFactory.getLogger(SlackConnection.class);

  /** Without these something is missing, but the rest works. */
  private static final List<String> WANTED_SCOPES =
      List.of("app_mentions:read", "channels:history", "groups:history", "im:history", "commands");

  private final SlackSettings settings;
  private final Clock clock;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Slack slack;
  private final SlackApi botApi;
  private final SlackApi appApi;
  private final SlackSocket socket;
  private final SlackPlatform platform;
  private final AtomicReference<Optional<SlackEvents>> events =
      new AtomicReference<>(Optional.empty());

  public SlackConnection(SlackSettings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
    String base = settings.apiUrl().toString().replaceAll("/+$", "") + "/";
    SlackHttpClient http = http(settings, base, threads);
    this.slack = Slack.getInstance(http.getConfig(), http);
    this.botApi = new SlackApi(http, base, settings.botToken().reveal());
    this.appApi = new SlackApi(http, base, settings.appToken().reveal());
    this.socket = new SlackSocket(appApi, settings, threads);
    this.platform = new SlackPlatform(botApi, clock, threads, settings.timeout().multipliedBy(2));
  }

  @Override
  public ChatPlatform platform() {
    return platform;
  }

  /** Slack learns no commands from a bot: its one command is in the app's manifest. */
  @Override
  public void connect(Inbox inbox, CommandCatalogue commands) {
    requireHttps();
    socket.connect(() -> prepare(inbox));
  }

  private void requireHttps() {
    URI url = settings.apiUrl();
    if (!"https".equalsIgnoreCase(url.getScheme()) || url.getHost() == null) {
      throw new ConnectionException(
          "SLACK_API_URL is not an https address: Sotto speaks to Slack over TLS only");
    }
  }

  @Override
  public List<Finding> examine(Path config) {
    try {
      requireHttps();
    } catch (ConnectionException e) {
      return List.of(Finding.fault("slack.api-url", String.valueOf(e.getMessage())));
    }
    return new SlackExamination(botApi, appApi).of(config.resolve("slack-manifest.yaml"));
  }

  @Override
  public boolean connected() {
    return socket.open();
  }

  @Override
  public String description() {
    return "Slack, one workspace, over Socket Mode (" + settings.apiUrl().getHost() + ")";
  }

  @Override
  public void close() {
    socket.close();
    events.get().ifPresent(SlackEvents::leave);
    threads.shutdown();
    try {
      if (!threads.awaitTermination(1, TimeUnit.SECONDS)) {
        threads.shutdownNow();
      }
    } catch (InterruptedException e) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
    }
    events.get().ifPresent(SlackEvents::close);
    slack.getHttpClient().getOkHttpClient().connectionPool().evictAll();
  }

  private SlackSocket.Session prepare(Inbox inbox) {
    SlackIdentity self = identify();
    platform.become(self);
    SlackTranslator translator = new SlackTranslator(self, clock);
    SlackCatchUp catchUp =
        new SlackCatchUp(
            new SlackHistory(botApi),
            new SlackPast(translator),
            inbox,
            threads,
            SlackCatchUp.REPEATS);
    SlackEvents app =
        new SlackEvents(slack, translator, inbox, new SlackOrder(inbox, threads), catchUp);
    events.set(Optional.of(app));
    return app;
  }

  private SlackIdentity identify() {
    try {
      SlackApi.Answer answer = botApi.ask("auth.test", new FormBody.Builder());
      checkScopes(answer.scopes());
      return SlackIdentity.of(answer.body());
    } catch (SlackFailure e) {
      throw SlackMend.of("SLACK_BOT_TOKEN", e);
    }
  }

  private static void checkScopes(String header) {
    List<String> scopes = List.of(header.split("\\s*,\\s*"));
    if (header.isBlank()) {
      return;
    }
    if (!scopes.contains("chat:write")) {
      throw new ConnectionException(SlackMend.missing("chat:write"));
    }
    WANTED_SCOPES.stream()
        .filter(scope -> !scopes.contains(scope))
        .forEach(scope -> log.warn("{}", SlackMend.missing(scope)));
  }

  /** The SDK's client, without its listeners that log what was said, and without its statistics. */
  private static SlackHttpClient http(
      SlackSettings settings, String base, ExecutorService threads) {
    SlackConfig config = new SlackConfig();
    config.setHttpClientResponseHandlers(List.of());
    config.setMethodsEndpointUrlPrefix(base);
    config.setProxyUrl(null);
    config.setStatsEnabled(false);
    config.setExecutorServiceProvider(new Threads(threads));
    SlackHttpClient client =
        new SlackHttpClient(
            Tls.okHttp(
                SlackHttpClient.buildOkHttpClient(config, Map.of()),
                settings.trust(),
                settings.timeout()));
    client.setConfig(config);
    return client;
  }

  /** Gives the SDK our threads instead of pools of its own. */
  private record Threads(ExecutorService threads) implements ExecutorServiceProvider {
    @Override
    public ExecutorService createThreadPoolExecutor(String name, int size) {
      return threads;
    }

    @Override
    public ScheduledExecutorService createThreadScheduledExecutor(String name) {
      return Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().factory());
    }
  }
}
