package dev.sotto.crypto.root;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sotto.crypto.root.KmsServer.Fault;
import dev.sotto.model.PrivateAuthority;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What a root key that a service keeps promises beyond that: it is asked with patience, and says
 * why it fails.
 */
abstract class ServiceContract<S extends KmsServer> extends RootKeyContract {
  private static final Duration LONGEST = Duration.ofSeconds(8);
  S server;

  abstract S start(String protocol) throws Exception;

  /** An answer of the service to denial, as an operator is told of it. */
  abstract String denial();

  @BeforeEach
  final void startServer() throws Exception {
    server = start("TLSv1.3");
  }

  @AfterEach
  final void stopServer() {
    server.close();
  }

  @Test
  void answersThoughItIsSlow() throws Exception {
    RootKey key = open(address());
    server.fault(Fault.SLOW);

    assertThat(key.unwrap(key.wrap(SECRET, PLACE), PLACE)).isEqualTo(SECRET);
  }

  @Test
  void saysInOneLineWhoCannotBeAskedAndWhy() throws Exception {
    RootKey key = open(address());
    byte[] wrapped = key.wrap(SECRET, PLACE);

    server.fault(Fault.DENIED);
    assertUnreachable(() -> key.unwrap(wrapped, PLACE), denial());
    assertThat(server.asked()).isPositive();
  }

  @Test
  void comesGoodWhenTheServiceIsBack() throws Exception {
    RootKey key = open(address());
    byte[] wrapped = key.wrap(SECRET, PLACE);

    for (Fault fault : List.of(Fault.BUSY, Fault.DEAD, Fault.GARBLED)) {
      server.fault(fault);
      assertUnreachable(() -> key.wrap(SECRET, PLACE), "cannot be asked");
      assertUnreachable(() -> key.unwrap(wrapped, PLACE), "cannot be asked");
      server.fault(Fault.NONE);
      Awaitility.await()
          .atMost(LONGEST)
          .ignoreExceptions()
          .untilAsserted(() -> assertThat(key.unwrap(wrapped, PLACE)).isEqualTo(SECRET));
    }
  }

  @Test
  void neitherWaitsLongNorAsksAgainForEachOfMany() throws Exception {
    RootKey key = open(address());
    byte[] wrapped = key.wrap(SECRET, PLACE);
    server.fault(Fault.HANGING);
    int before = server.asked();
    long begin = System.nanoTime();

    try (ExecutorService many = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<byte[]>> all =
          IntStream.range(0, 200)
              .mapToObj(_ -> many.submit(() -> key.unwrap(wrapped, PLACE)))
              .toList();
      for (Future<byte[]> one : all) {
        assertThatThrownBy(one::get).hasCauseInstanceOf(RootKeyUnreachableException.class);
      }
    }

    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(LONGEST.multipliedBy(2));
    assertThat(server.asked() - before).isLessThanOrEqualTo(3 * 8 * 2);
  }

  @Test
  void isAskedOverTls13WithATrustedCertificateOnly() throws Exception {
    server.close();
    server = start("TLSv1.2");
    assertUnreachable(() -> open(address()), "TLS");
    server.close();

    server = startOf(new PrivateAuthority());
    assertUnreachable(() -> open(address()), "TLS");
  }

  @Test
  void isNotThereAtAll() throws Exception {
    String address = address();
    server.close();

    assertUnreachable(() -> open(address), "no connection");
  }

  abstract S startOf(PrivateAuthority unknown) throws Exception;

  static void assertUnreachable(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable question, String reason) {
    assertThatExceptionOfType(RootKeyUnreachableException.class)
        .isThrownBy(question)
        .withMessageContaining("root key")
        .withMessageContaining("://")
        .withMessageContaining(reason)
        .withMessageNotContaining("secret words")
        .withMessageNotContaining("\n");
  }
}
