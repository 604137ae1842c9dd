package dev.sotto.discord;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Which commands are being acknowledged just now: an answer may be ready before Discord knows that
 * there will be one, and must wait that long. A process that did not see the command waits for
 * nothing.
 */
final class Acknowledgements {
  /** Discord waits no longer for an acknowledgement. */
  private static final long SECONDS = 3;

  private final Map<String, CompletableFuture<Void>> pending = new ConcurrentHashMap<>();

  /** Returns what is to be run when Discord has been told, or will not be. */
  Runnable expect(ReplyToken token) {
    CompletableFuture<Void> acknowledged = new CompletableFuture<>();
    pending.put(token.token(), acknowledged);
    return () -> {
      pending.remove(token.token());
      acknowledged.complete(null);
    };
  }

  void await(ReplyToken token) {
    CompletableFuture<Void> acknowledged = pending.get(token.token());
    if (acknowledged == null) {
      return;
    }
    try {
      acknowledged.get(SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException _) {
      pending.remove(token.token());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
