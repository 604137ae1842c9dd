package dev.sotto.discord;

import java.io.IOException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;

/** Discord cannot be spoken to just now. The message is one line for the log. */
final class UnreachableException extends IllegalStateException {
  private static final int REASON = 200;

  private final String line;

  UnreachableException(String line) {
    super(line);
    this.line = line;
  }

  String line() {
    return line;
  }

  /** Says which hop failed, and names TLS when it was TLS that failed. */
  static UnreachableException because(String hop, Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SSLException
          || cause instanceof SSLPeerUnverifiedException
          || cause instanceof CertificateException) {
        return new UnreachableException(
            "Discord: the TLS check of " + hop + " failed: " + reason(cause));
      }
    }
    return new UnreachableException("Discord: " + hop + " is not reachable: " + reason(failure));
  }

  private static String reason(Throwable cause) {
    String message = cause instanceof IOException ? String.valueOf(cause.getMessage()) : "";
    String line = cause.getClass().getSimpleName() + " " + message.lines().findFirst().orElse("");
    return line.length() > REASON ? line.substring(0, REASON) : line.strip();
  }
}
