package dev.sotto.crypto;

import io.micronaut.core.convert.ConversionContext;
import io.micronaut.data.model.runtime.convert.AttributeConverter;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** Carries sealed bytes to a column and back, unopened. */
@Singleton
final class CiphertextConverter implements AttributeConverter<Ciphertext, byte[]> {

  @Override
  public byte @Nullable [] convertToPersistedValue(
      @Nullable Ciphertext value, ConversionContext context) {
    return value == null ? null : value.bytes();
  }

  @Override
  public @Nullable Ciphertext convertToEntityValue(
      byte @Nullable [] bytes, ConversionContext context) {
    return bytes == null ? null : new Ciphertext(bytes);
  }
}
