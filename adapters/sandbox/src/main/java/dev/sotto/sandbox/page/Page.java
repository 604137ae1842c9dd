package dev.sotto.sandbox.page;

import dev.sotto.sandbox.side.Side;
import java.net.URI;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.websocket.server.ServerWebSocketContainer;

/**
 * The web page of one start of the sandbox. Whoever knows its {@link #address} can act as everyone
 * in the sandbox; nobody else can, other web sites in the same browser included.
 */
public final class Page {
  private static final int KEY_BYTES = 18;

  private final String key;
  private final Optional<Disk> disk;

  /**
   * A page with a fresh key of 144 bits.
   *
   * @param disk empty where nothing is stored; the page then shows no rows
   */
  public Page(SecureRandom random, Optional<Disk> disk) {
    byte[] bytes = new byte[KEY_BYTES];
    random.nextBytes(bytes);
    key = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    this.disk = disk;
  }

  /** Where a browser opens it. The key stands behind the {@code #}, which is never sent. */
  public URI address(URI sandbox) {
    return sandbox.resolve("/#" + key);
  }

  /**
   * Takes its place in the server.
   *
   * @return handles {@code /}, {@code /ui/} and {@code /page/} and leaves every other request alone
   */
  public Handler attach(URI url, List<Side> sides, ServerWebSocketContainer sockets) {
    return new PageHandler(new Door(key, url), List.copyOf(sides), disk, sockets);
  }
}
