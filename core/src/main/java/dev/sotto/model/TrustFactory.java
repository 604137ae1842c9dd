package dev.sotto.model;

import dev.sotto.chat.TrustedCertificates;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Property;
import jakarta.inject.Singleton;
import java.nio.file.Path;

/** Makes the one {@link TrustedCertificates} of the process from the configuration. */
@Factory
final class TrustFactory {

  @Singleton
  TrustedCertificates trusted(
      @Property(name = "sotto.trusted-certificates", defaultValue = "") String file) {
    return file.isBlank()
        ? TrustedCertificates.ofTheJdk()
        : TrustedCertificates.andThoseOf(Path.of(file.strip()));
  }
}
