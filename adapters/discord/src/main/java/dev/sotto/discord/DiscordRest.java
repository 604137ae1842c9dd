package dev.sotto.discord;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import net.dv8tion.jda.api.JDA;
import net.dv8tion.jda.api.requests.Request;
import net.dv8tion.jda.api.requests.Response;
import net.dv8tion.jda.api.requests.Route;
import net.dv8tion.jda.api.utils.data.DataArray;
import net.dv8tion.jda.api.utils.data.DataObject;
import net.dv8tion.jda.internal.requests.RestActionImpl;
import org.jspecify.annotations.Nullable;

/**
 * Discord's REST API by channel and message id, over JDA's requests and their rate limits. JDA's
 * own methods need a channel that is in its cache, which after a restart a direct message and an
 * archived thread are not.
 *
 * <p>Calls block; they belong on virtual threads. A call that can be repeated is repeated {@value
 * #ATTEMPTS} times in all when Discord stumbles.
 */
final class DiscordRest {
  private static final int ATTEMPTS = 3;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(250);

  /** How long a call may wait for its turn before it is given up. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** Longest pause asked for by Discord that is waited for here. */
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

  private final Supplier<Optional<JDA>> jda;

  DiscordRest(Supplier<Optional<JDA>> jda) {
    this.jda = jda;
  }

  /** A call that does no harm when it reaches Discord twice. */
  DataObject repeatable(Route.CompiledRoute route, @Nullable DataObject body) {
    return repeated(() -> once(route, body));
  }

  /** A call whose second arrival would show; it is made at most once. */
  DataObject once(Route.CompiledRoute route, @Nullable DataObject body) {
    return send(route, body, (response, _) -> response.optObject().orElseGet(DataObject::empty));
  }

  /** The objects of a list. */
  List<DataObject> list(Route.CompiledRoute route) {
    DataArray array =
        repeated(() ->
            send(route, null, (response, _) -> response.optArray().orElse(DataArray.empty())));
    return IntStream.range(0, array.length()).mapToObj(array::getObject).toList();
  }

  private static <T> T repeated(Supplier<T> call) {
    for (int attempt = 1; ; attempt++) {
      try {
        return call.get();
      } catch (RestException e) {
        boolean wait = e.temporary() && e.retryAfter().compareTo(LONGEST_PAUSE) < 0;
        if (attempt == ATTEMPTS || !wait || !paused(FIRST_PAUSE.multipliedBy(1L << attempt))) {
          throw e;
        }
      }
    }
  }

  private static boolean paused(Duration pause) {
    try {
      Thread.sleep(pause);
      return true;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private <T> T send(
      Route.CompiledRoute route,
      @Nullable DataObject body,
      BiFunction<Response, Request<T>, T> read) {
    JDA connected = jda.get().orElseThrow(RestException::notConnected);
    CompletableFuture<T> answer;
    try {
      answer =
          new RestActionImpl<>(connected, route, body, read)
              .timeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
              .submit();
    } catch (RejectedExecutionException e) {
      throw RestException.of(route, e);
    }
    return await(route, answer);
  }

  private static <T> T await(Route.CompiledRoute route, CompletableFuture<T> answer) {
    try {
      return answer.get(PATIENCE.toSeconds() * 2, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw RestException.of(route, e.getCause() == null ? e : e.getCause());
    } catch (CancellationException e) {
      throw RestException.of(route, e);
    } catch (TimeoutException e) {
      answer.cancel(false);
      throw RestException.of(route, e);
    } catch (InterruptedException e) {
      answer.cancel(false);
      Thread.currentThread().interrupt();
      throw RestException.of(route, e);
    }
  }
}
