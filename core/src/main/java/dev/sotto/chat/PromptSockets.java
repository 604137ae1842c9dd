package dev.sotto.chat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.SocketFactory;

/**
 * Sockets that send what they are given at once. By default a request that is written in two parts
 * waits some 40 ms in between: the second for the acknowledgement of the first (Nagle, RFC 896),
 * and that for company (delayed acknowledgement, RFC 1122 section 4.2.3.2).
 */
public final class PromptSockets extends SocketFactory {
  private static final SocketFactory PLAIN = SocketFactory.getDefault();

  @Override
  public Socket createSocket() throws IOException {
    return prompt(PLAIN.createSocket());
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return prompt(PLAIN.createSocket(host, port));
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress localHost, int localPort)
      throws IOException {
    return prompt(PLAIN.createSocket(host, port, localHost, localPort));
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return prompt(PLAIN.createSocket(host, port));
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort)
      throws IOException {
    return prompt(PLAIN.createSocket(host, port, localHost, localPort));
  }

  private static Socket prompt(Socket socket) throws IOException {
    socket.setTcpNoDelay(true);
    return socket;
  }
}
