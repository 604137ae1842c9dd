package dev.sotto.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import javax.net.SocketFactory;
import org.junit.jupiter.api.Test;

class PromptSocketsTest {
  @Test
  void doesNotHoldBackWhatIsWritten() throws Exception {
    var sockets = new PromptSockets();
    InetAddress here = InetAddress.getLoopbackAddress();
    try (var server = new ServerSocket(0, 5, here)) {
      int port = server.getLocalPort();
      List<Socket> made =
          List.of(
              sockets.createSocket(),
              sockets.createSocket(here, port),
              sockets.createSocket(here, port, here, 0),
              sockets.createSocket(here.getHostAddress(), port),
              sockets.createSocket(here.getHostAddress(), port, here, 0));

      for (Socket socket : made) {
        assertThat(socket.getTcpNoDelay()).isTrue();
        socket.close();
      }
    }
  }

  @Test
  void whichAPlainSocketDoes() throws Exception {
    try (Socket plain = SocketFactory.getDefault().createSocket()) {
      assertThat(plain.getTcpNoDelay()).isFalse();
    }
  }
}
