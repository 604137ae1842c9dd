package dev.sotto.sandbox.page;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sotto.sandbox.side.Changes;
import dev.sotto.sandbox.side.Side;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;

/**
 * An open browser window. It is sent what it watches whenever that has changed, the latest state
 * only, at most 20 times a second; a window that takes no message for 20 seconds is cut off. Public
 * because Jetty calls it by reflection.
 */
public final class Window implements Session.Listener.AutoDemanding {
  private static final Duration LULL = Duration.ofMillis(50);
  private static final Duration DISK_LULL = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int MOST_ROWS = 40;

  private final List<Side> sides;
  private final Optional<Disk> disk;
  private final Semaphore news = new Semaphore(0);
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Map<String, String> sent = new HashMap<>();
  private volatile Watch watch = Watch.NOTHING;
  private long diskDue = System.nanoTime();

  Window(List<Side> sides, Optional<Disk> disk) {
    this.sides = sides;
    this.disk = disk;
  }

  @Override
  public void onWebSocketOpen(Session session) {
    Thread.ofVirtual().name("sandbox-window").start(() -> serve(session));
  }

  @Override
  public void onWebSocketText(String text) {
    watch = Json.read(text, Watch.class);
    news.release();
  }

  @Override
  public void onWebSocketClose(int status, String reason, Callback callback) {
    closed.countDown();
    news.release();
    callback.succeed();
  }

  @Override
  public void onWebSocketError(Throwable cause) {
    // A window that is closed in the middle of a message; its close follows and tells enough.
  }

  private void serve(Session session) {
    List<Changes.Subscription> subscriptions =
        sides.stream().map(side -> side.onChange(news::release)).toList();
    try {
      boolean open = true;
      while (open) {
        if (news.tryAcquire(DISK_LULL.toMillis(), TimeUnit.MILLISECONDS)) {
          news.drainPermits();
        }
        show(session);
        open = !closed.await(LULL.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException | IOException _) {
      session.disconnect();
    } finally {
      subscriptions.forEach(Changes.Subscription::close);
    }
  }

  private void show(Session session) throws IOException, InterruptedException {
    Watch now = watch;
    for (Side side : sides) {
      String person = now.people().getOrDefault(side.name(), "");
      if (side.people().stream().anyMatch(known -> known.id().equals(person))) {
        send(session, side.name(), Shown.of(side, person));
      }
    }
    if (now.disk() && disk.isPresent() && System.nanoTime() - diskDue >= 0) {
      send(session, "on disk", Json.tree(new Stored(disk.orElseThrow().tables(MOST_ROWS))));
      diskDue = System.nanoTime() + DISK_LULL.toNanos();
    }
  }

  private void send(Session session, String part, ObjectNode content)
      throws IOException, InterruptedException {
    String text = content.toString();
    if (text.equals(sent.put(part, text))) {
      return;
    }
    Callback.Completable taken = new Callback.Completable();
    session.sendText(text, taken);
    try {
      taken.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
      throw new IOException("the window takes nothing", e);
    }
  }

  private record Stored(List<Disk.Table> disk) {}
}
