package dev.sotto.discord;

import dev.sotto.chat.ConnectionException;
import dev.sotto.chat.Finding;
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
import net.dv8tion.jda.api.utils.ConcurrentSessionController;
import net.dv8tion.jda.api.utils.FileProxy;
import net.dv8tion.jda.api.utils.cache.CacheFlag;
import net.dv8tion.jda.api.utils.messages.MessageRequest;
import okhttp3.OkHttpClient;

/** Begins sessions of JDA: with the least it needs, and over the hops it may use. */
final class DiscordSession {
  private static final int LONGEST_PAUSE_SECONDS = 32;
  private static final int IDLE_SECONDS = 10;

  private final DiscordSettings settings;
  private final DiscordTls tls;
  private final OkHttpClient http;
  private final FirstCalls api;
  private final GatewayAddress gateway;
  private final Reporter reporter;
  private final ExecutorService callbacks = Executors.newVirtualThreadPerTaskExecutor();

  DiscordSession(DiscordSettings settings, Reporter reporter) {
    this.settings = settings;
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
   * Connects, and returns when Discord is ready.
   *
   * @param listeners the first of them hears of everything first
   * @throws UnreachableException it may work later
   * @throws ConnectionException it will not
   */
  JDA begin(SessionWatch watch, Object... listeners) {
    settings.check();
    JDABuilder builder =
        builder(new Gateways(gateway.ask())).addEventListeners(watch).addEventListeners(listeners);
    JDA jda;
    try {
      jda = builder.build();
    } catch (InvalidTokenException _) {
      throw new ConnectionException(FirstCalls.BAD_TOKEN);
    } catch (ErrorResponseException e) {
      throw UnreachableException.because("the API", e);
    }
    try {
      watch.awaitReady();
      return jda;
    } catch (UnreachableException | ConnectionException e) {
      jda.shutdownNow();
      throw e;
    }
  }

  List<Finding> examine() {
    return new DiscordExamination(settings, api, gateway).all();
  }

  private JDABuilder builder(Gateways gateways) {
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
        .setSessionController(gateways)
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

  /** Tells JDA the gateway's address: the one just asked for, and after a failure a new one. */
  private final class Gateways extends ConcurrentSessionController {
    private String asked;

    Gateways(String asked) {
      this.asked = asked;
    }

    @Override
    public synchronized String getGateway() {
      String address = asked.isEmpty() ? askAgain() : asked;
      asked = "";
      return address;
    }

    private String askAgain() {
      try {
        return gateway.ask();
      } catch (UnreachableException e) {
        reporter.trouble(e.line());
        throw e;
      } catch (ConnectionException _) {
        reporter.trouble(FirstCalls.BAD_TOKEN);
        throw new UnreachableException(FirstCalls.BAD_TOKEN);
      }
    }
  }
}
