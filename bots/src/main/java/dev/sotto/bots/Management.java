package dev.sotto.bots;

import dev.sotto.bots.management.Answer;
import dev.sotto.bots.management.Health;
import dev.sotto.bots.management.ManagementServer;
import dev.sotto.bots.management.Probe;
import dev.sotto.bots.management.ServerKey;
import dev.sotto.sandbox.Certificates;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * The endpoint for health and metrics; there is none unless {@code sotto.management.port} is set.
 */
@Singleton
@Requires(property = "sotto.management.port", pattern = ".*\\S.*")
final class Management implements AutoCloseable {
  /** A certificate that is made at the start is for one run; no scraper has to trust it longer. */
  private static final Duration VALIDITY = Duration.ofDays(397);

  private static final String METRICS = "text/plain; version=0.0.4; charset=utf-8";

  private final Place place;
  private final Parts parts;
  private final PrometheusMeterRegistry meters;
  private final Clock clock;
  private final AtomicReference<Optional<ManagementServer>> server =
      new AtomicReference<>(Optional.empty());

  Management(Place place, Parts parts, PrometheusMeterRegistry meters, Clock clock) {
    this.place = place;
    this.parts = parts;
    this.meters = meters;
    this.clock = clock;
  }

  /** Where it is, and who it says that it is. */
  @Singleton
  @Requires(property = "sotto.management.port", pattern = ".*\\S.*")
  record Place(
      @Value("${sotto.management.port}") String port,
      @Value("${sotto.management.certificate:}") String certificate,
      @Value("${sotto.management.private-key:}") String privateKey,
      @Value("${sotto.data-directory}") Path data) {

    /**
     * The port as a number.
     *
     * @throws IllegalArgumentException it is none
     */
    int number() {
      if (!port.strip().matches("\\d{1,5}")) {
        throw new IllegalArgumentException(
            "sotto.management.port has to be a number from 0, any that is free, to 65535");
      }
      return Integer.parseInt(port.strip());
    }

    /** Where the authority of a certificate stands that is made at the start. */
    Path authority() {
      return data.toAbsolutePath().normalize().resolve("management.pem");
    }
  }

  /**
   * Begins to listen, and says where.
   *
   * @throws IllegalArgumentException the port is taken, or the certificate cannot be used
   */
  void open(PrintStream out) {
    boolean own = !place.certificate().isBlank() || !place.privateKey().isBlank();
    KeyStore keys = own ? configured() : made();
    List<Probe> needed = parts.needed();
    parts.watch(meters, needed);
    Health live = new Health(parts.alive());
    Health ready = new Health(needed);
    Map<String, Supplier<Answer>> pages =
        Map.of(
            "/health/liveness",
            live::answer,
            "/health/readiness",
            ready::answer,
            "/metrics",
            () -> new Answer(200, METRICS, meters.scrape()));
    ManagementServer begun = ManagementServer.start(place.number(), keys, pages);
    server.set(Optional.of(begun));
    String trust = own ? "" : ", to be trusted by " + place.authority();
    out.println("sotto: management at https://127.0.0.1:" + begun.port() + trust);
  }

  @Override
  public void close() {
    server.getAndSet(Optional.empty()).ifPresent(ManagementServer::close);
  }

  private KeyStore configured() {
    if (place.certificate().isBlank() || place.privateKey().isBlank()) {
      throw new IllegalArgumentException(
          "sotto.management.certificate and sotto.management.private-key are set both or neither");
    }
    return ServerKey.read(
        Path.of(place.certificate().strip()), Path.of(place.privateKey().strip()));
  }

  private KeyStore made() {
    Certificates certificates =
        new Certificates("Sotto management authority", clock.instant(), VALIDITY);
    Path file = place.authority();
    try {
      Files.createDirectories(file.getParent());
      NewFile.write(file, certificates.authority().getBytes(StandardCharsets.US_ASCII));
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be written", e);
    }
    return certificates.keys();
  }
}
