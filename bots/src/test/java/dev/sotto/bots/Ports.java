package dev.sotto.bots;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a process listens on, as Linux tells it: addresses in hex, as the kernel writes them. */
final class Ports {
  /** IPv4, and IPv4 on a socket that speaks IPv6 too. */
  private static final Set<String> LOOPBACK =
      Set.of("0100007F", "0000000000000000FFFF00000100007F");

  private static final String LISTENS = "0A";
  private static final Pattern SOCKET = Pattern.compile("socket:\\[(\\d+)]");

  private Ports() {}

  /** An open TCP port. */
  record Open(String address, int port) {
    boolean onLoopback() {
      return LOOPBACK.contains(address);
    }
  }

  static List<Open> of(long pid) throws IOException {
    Set<String> sockets = sockets(pid);
    Path net = Path.of("/proc", Long.toString(pid), "net");
    List<String> all = new ArrayList<>(Files.readAllLines(net.resolve("tcp")));
    all.addAll(Files.readAllLines(net.resolve("tcp6")));
    return all.stream()
        .map(it -> it.strip().split("\\s+", -1))
        .filter(it -> it.length > 9 && it[3].equals(LISTENS) && sockets.contains(it[9]))
        .map(it -> open(it[1]))
        .toList();
  }

  private static Open open(String local) {
    int colon = local.indexOf(':');
    return new Open(local.substring(0, colon), Integer.parseInt(local.substring(colon + 1), 16));
  }

  private static Set<String> sockets(long pid) throws IOException {
    Set<String> found = new HashSet<>();
    try (Stream<Path> open = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
      for (Path descriptor : open.toList()) {
        if (Files.isSymbolicLink(descriptor)) {
          Matcher socket = SOCKET.matcher(Files.readSymbolicLink(descriptor).toString());
          if (socket.matches()) {
            found.add(socket.group(1));
          }
        }
      }
    }
    return found;
  }
}
