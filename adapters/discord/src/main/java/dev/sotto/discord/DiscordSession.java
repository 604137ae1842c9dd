package dev.sotto.discord;

import dev.sotto.chat.ConnectionException;
import dev.sotto.chat.Finding;
import dev.sotto.chat.ShardLease;
import dev.sotto.chat.Shards;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import net.dv8tion.jda.api.JDA;
import net.dv8tion.jda.api.JDABuilder;
import net.dv8tion.jda.api.entities.Message.MentionType;
import net.dv8tion.jda.api.exceptions.ErrorResponseException;
import net.dv8tion.jda.api.exceptions.InvalidTokenException;
import net.dv8tion.jda.api.requests.GatewayIntent;
import net.dv8tion.jda.api.requests.RestAction;
import net.dv8tion.jda.api.requests.RestConfig;
import net.dv8tion.jda.api.requests.RestRateLimiter.GlobalRateLimit;
import net.dv8tion.jda.api.utils.FileProxy;
import net.dv8tion.jda.api.utils.SessionController;
import net.dv8tion.jda.api.utils.SessionControllerAdapter;
import net.dv8tion.jda.api.utils.cache.CacheFlag;
import net.dv8tion.jda.api.utils.messages.MessageRequest;
import okhttp3.OkHttpClient;

/** Begins sessions of JDA: with the least it needs, and over the hops it may use. */
final class DiscordSession {
  /** What an operator reads when Discord lets no session begin. */
  static final String NONE_LEFT =
      "Discord: as many sessions have begun as Discord allows in a day; waiting for the next";

  private static final int LONGEST_PAUSE_SECONDS = 32;
  private static final int IDLE_SECONDS = 10;

  private final DiscordSettings settings;
  private final Shards shards;
  private final DiscordTls tls;
  private final OkHttpClient http;
  private final FirstCalls api;
  private final GatewayAddress gateway;
  private final Reporter reporter;
  private final GlobalRateLimit limit = GlobalRateLimit.create();
  private final ExecutorService callbacks = Executors.newVirtualThreadPerTaskExecutor();
  private volatile int recommended = 1;

  DiscordSession(DiscordSettings settings, Shards shards, Reporter reporter) {
    this.settings = settings;
    this.shards = shards;
    this.reporter = reporter;
    this.tls = new DiscordTls(settings.trust(), settings.timeout());
    this.http = tls.http();
    this.api = new FirstCalls(settings, http);
    this.gateway = new GatewayAddress(api, tls);
    // JDA keeps these for the whole process. Without the first, a refused TLS handshake hangs it.
    RestAction.setPassContext(false);
    FileProxy.setDefaultHttpClient(http);
    MessageRequest.setDefaultMentions(EnumSet.noneOf(MentionType.class));
  }

  /**
   * For calls alone: it hears of nothing, and needs no session of the gateway.
   *
   * @throws UnreachableException it may work later
   * @throws ConnectionException it will not
   */
  JDA calls() {
    settings.check();
    var _ = ask();
    return built(builder(new NoSession(limit)));
  }

  /**
   * Connects, and returns when Discord is ready.
   *
   * @param listeners the first of them hears of everything first
   * @throws UnreachableException it may work later
   * @throws ConnectionException it will not
   */
  JDA begin(ShardLease lease, SessionWatch watch, Object... listeners) {
    Gateway asked = ask();
    if (asked.starts() == 0) {
      throw new UnreachableException(NONE_LEFT);
    }
    JDA jda =
        built(
            builder(new SessionStart(gateway, shards, reporter, limit, asked))
                .useSharding(lease.shard(), lease.total())
                .addEventListeners(watch)
                .addEventListeners(listeners));
    try {
      watch.awaitReady();
      return jda;
    } catch (UnreachableException | ConnectionException e) {
      jda.shutdownNow();
      throw e;
    }
  }

  private Gateway ask() {
    Gateway asked = gateway.ask();
    recommended = asked.shards();
    return asked;
  }

  /** How many shards Discord recommended when it was asked last. */
  int recommended() {
    return recommended;
  }

  private static JDA built(JDABuilder builder) {
    try {
      return builder.build();
    } catch (InvalidTokenException _) {
      throw new ConnectionException(FirstCalls.BAD_TOKEN);
    } catch (ErrorResponseException e) {
      throw UnreachableException.because("the API", e);
    }
  }

  List<Finding> examine() {
    return new DiscordExamination(settings, api, gateway).all();
  }

  private JDABuilder builder(SessionController controller) {
    return JDABuilder.createLight(
            settings.token().reveal(),
            GatewayIntent.GUILD_MESSAGES,
            GatewayIntent.DIRECT_MESSAGES,
            GatewayIntent.MESSAGE_CONTENT)
        .enableCache(CacheFlag.MEMBER_OVERRIDES)
        .setRawEventsEnabled(true)
        .setContextEnabled(false)
        .setEnableShutdownHook(false)
        .setRequestTimeoutRetry(false)
        .setMaxReconnectDelay(LONGEST_PAUSE_SECONDS)
        .setRestConfig(new RestConfig().setBaseUrl(settings.base()))
        .setSessionController(controller)
        .setHttpClient(http)
        .setWebsocketFactory(tls.webSockets())
        .setCallbackPool(callbacks, false)
        .setRateLimitElastic(workers(), true);
  }

  private static ExecutorService workers() {
    ThreadPoolExecutor workers =
        new ThreadPoolExecutor(
            DiscordTls.CONNECTIONS,
            DiscordTls.CONNECTIONS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofVirtual().name("discord-rest").factory());
    workers.allowCoreThreadTimeOut(true);
    return workers;
  }

  void close() {
    http.connectionPool().evictAll();
  }

  /** Lets no session begin. */
  private static final class NoSession extends SessionControllerAdapter {
    private final GlobalRateLimit limit;

    NoSession(GlobalRateLimit limit) {
      this.limit = limit;
    }

    @Override
    public GlobalRateLimit getRateLimitHandle() {
      return limit;
    }

    @Override
    public String getGateway() {
      return "";
    }

    @Override
    public void appendSession(SessionConnectNode node) {}
  }
}
