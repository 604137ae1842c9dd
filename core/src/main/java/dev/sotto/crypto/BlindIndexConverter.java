package dev.sotto.crypto;

import io.micronaut.core.convert.ConversionContext;
import io.micronaut.data.model.runtime.convert.AttributeConverter;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** Carries a blind index to a column and back. */
@Singleton
final class BlindIndexConverter implements AttributeConverter<BlindIndex, byte[]> {

  @Override
  public byte @Nullable [] convertToPersistedValue(
      @Nullable BlindIndex value, ConversionContext context) {
    return value == null ? null : value.bytes();
  }

  @Override
  public @Nullable BlindIndex convertToEntityValue(
      byte @Nullable [] bytes, ConversionContext context) {
    return bytes == null ? null : new BlindIndex(bytes);
  }
}
