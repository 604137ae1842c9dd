package dev.sotto;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A hop of TCP on loopback that fails as networks do: connections are reset, in the middle of a
 * frame too; stay up and carry nothing; are not taken. It knows nothing of what it carries.
 * Thread-safe.
 */
public final class FaultProxy implements AutoCloseable {
  private static final int CHUNK = 1_024;

  private final ServerSocket server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Set<Link> links = ConcurrentHashMap.newKeySet();
  private final AtomicInteger cuts = new AtomicInteger();
  private final Random random;
  private volatile int target;
  private volatile int mostBytes;
  private volatile boolean refusing;
  private volatile CountDownLatch frozen = new CountDownLatch(0);

  private FaultProxy(long seed) throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    random = new Random(seed);
    threads.execute(this::listen);
  }

  /** Listens; carries nothing before {@link #to}. */
  public static FaultProxy listening(long seed) {
    try {
      return new FaultProxy(seed);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Carries everything to and from a port of loopback. */
  public FaultProxy to(int port) {
    target = port;
    return this;
  }

  public int port() {
    return server.getLocalPort();
  }

  /** How many connections were cut so far. */
  public int cuts() {
    return cuts.get();
  }

  /** Resets every connection now. */
  public void cut() {
    links.forEach(Link::reset);
  }

  /** Resets each new connection after a number of bytes below this one; 0 ends that. */
  public void cutWithin(int bytes) {
    mostBytes = bytes;
  }

  /** Takes no connection, and resets those there are; or takes them again. */
  public void refuse(boolean refuse) {
    refusing = refuse;
    if (refuse) {
      cut();
    }
  }

  /** Keeps every connection up and carries nothing. */
  public void freeze() {
    frozen = new CountDownLatch(1);
  }

  /** Carries what it kept back. */
  public void thaw() {
    frozen.countDown();
  }

  @Override
  public void close() {
    thaw();
    cut();
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.shutdownNow();
  }

  private void listen() {
    try {
      while (true) {
        take(server.accept());
      }
    } catch (IOException closed) {
      threads.shutdown();
    }
  }

  private void take(Socket client) throws IOException {
    if (refusing || target == 0) {
      reset(client);
      return;
    }
    Socket upstream = new Socket();
    try {
      upstream.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target));
    } catch (IOException nobodyThere) {
      reset(client);
      return;
    }
    Link link = new Link(client, upstream, mostBytes == 0 ? Long.MAX_VALUE : within(mostBytes));
    links.add(link);
    threads.execute(() -> link.carry(client, upstream));
    threads.execute(() -> link.carry(upstream, client));
  }

  private synchronized long within(int most) {
    return 1L + random.nextInt(most);
  }

  /** Both ends come here, one after the other. */
  private static synchronized void reset(Socket socket) {
    if (socket.isClosed()) {
      return;
    }
    try {
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One connection, and how many bytes it has left. */
  private final class Link {
    private final Socket client;
    private final Socket upstream;
    private final AtomicInteger ended = new AtomicInteger();
    private long left;

    Link(Socket client, Socket upstream, long left) {
      this.client = client;
      this.upstream = upstream;
      this.left = left;
    }

    void carry(Socket from, Socket to) {
      byte[] chunk = new byte[CHUNK];
      try {
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
          frozen.await();
          int now = take(read);
          out.write(chunk, 0, now);
          out.flush();
          if (now < read) {
            cuts.incrementAndGet();
            reset();
            return;
          }
        }
        to.shutdownOutput();
        if (ended.incrementAndGet() == 2) {
          reset();
        }
      } catch (IOException ended) {
        reset();
      } catch (InterruptedException e) {
        reset();
        Thread.currentThread().interrupt();
      }
    }

    private synchronized int take(int bytes) {
      int now = (int) Math.min(bytes, left);
      left -= now;
      return now;
    }

    void reset() {
      links.remove(this);
      FaultProxy.reset(client);
      FaultProxy.reset(upstream);
    }
  }
}
