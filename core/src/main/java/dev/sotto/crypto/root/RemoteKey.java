package dev.sotto.crypto.root;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.NoSuchFileException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A root key that a service keeps. A question is asked three times at most, within some seven
 * seconds, eight questions at once; for a second after one has failed, others fail with it, so that
 * a dead service is not asked by everyone in turn. When the service fails, and when it is back, the
 * log has one line.
 */
final class RemoteKey implements RootKey {
  private static final Logger LOG = LoggerFactory.getLogger(RemoteKey.class);
  private static final int ATTEMPTS = 3;
  private static final int AT_ONCE = 8;
  private static final long TURN_MILLIS = 7_000;
  private static final long FIRST_PAUSE_MILLIS = 100;
  private static final long DOWN_NANOS = Duration.ofSeconds(1).toNanos();

  private final String address;
  private final Kms kms;
  private final Semaphore turns = new Semaphore(AT_ONCE);
  private final AtomicReference<Optional<Down>> down = new AtomicReference<>(Optional.empty());

  private record Down(String reason, long since) {}

  private interface Question {
    byte[] ask() throws IOException, GeneralSecurityException, RefusedException;
  }

  RemoteKey(String address, Kms kms) {
    this.address = address;
    this.kms = kms;
  }

  @Override
  public String id() {
    return address;
  }

  @Override
  public String location() {
    return address;
  }

  @Override
  public Optional<URI> service() {
    return Optional.of(kms.address());
  }

  @Override
  public byte[] wrap(byte[] plain, byte[] associatedData) {
    try {
      return inTurn(() -> kms.encrypt(plain, associatedData));
    } catch (GeneralSecurityException e) {
      throw failed("an answer that cannot be read");
    }
  }

  @Override
  public byte[] unwrap(byte[] wrapped, byte[] associatedData) throws GeneralSecurityException {
    return inTurn(() -> kms.decrypt(wrapped, associatedData));
  }

  private byte[] inTurn(Question question) throws GeneralSecurityException {
    try {
      if (!turns.tryAcquire(TURN_MILLIS, TimeUnit.MILLISECONDS)) {
        throw unreachable("too many questions at once");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unreachable("interrupted");
    }
    try {
      return ask(question);
    } finally {
      turns.release();
    }
  }

  private byte[] ask(Question question) throws GeneralSecurityException {
    Optional<Down> now = down.get();
    if (now.isPresent() && System.nanoTime() - now.get().since() < DOWN_NANOS) {
      throw unreachable(now.get().reason());
    }
    String reason = "";
    for (int attempt = 1; attempt <= ATTEMPTS && pause(attempt); attempt++) {
      try {
        byte[] answer = question.ask();
        answered();
        return answer;
      } catch (GeneralSecurityException e) {
        answered();
        throw e;
      } catch (RefusedException e) {
        reason = e.reason();
        if (!e.passing()) {
          break;
        }
      } catch (IOException e) {
        reason = reason(e);
      } catch (RootKeyException e) {
        reason = String.valueOf(e.getMessage());
        break;
      }
    }
    throw failed(reason.isEmpty() ? "interrupted" : reason);
  }

  private void answered() {
    if (down.getAndSet(Optional.empty()).isPresent()) {
      LOG.info("root key: {} answers again", address);
    }
  }

  private RootKeyUnreachableException failed(String reason) {
    if (down.getAndSet(Optional.of(new Down(reason, System.nanoTime()))).isEmpty()) {
      LOG.warn("root key: {} cannot be asked: {}; what needs it waits", address, reason);
    }
    return unreachable(reason);
  }

  private RootKeyUnreachableException unreachable(String reason) {
    return new RootKeyUnreachableException(address + " cannot be asked: " + reason);
  }

  /** Before every attempt but the first. */
  private static boolean pause(int attempt) {
    try {
      Thread.sleep(attempt == 1 ? 0 : FIRST_PAUSE_MILLIS << attempt);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static String reason(IOException failure) {
    return switch (failure) {
      case SSLException _ -> "TLS 1.3 with a trusted certificate for this host is needed";
      case InterruptedIOException _ -> "no answer in time";
      case NoSuchFileException _ -> "the file with our credentials is missing";
      case UnknownHostException _ -> "its host is not known";
      default -> "no connection";
    };
  }
}
