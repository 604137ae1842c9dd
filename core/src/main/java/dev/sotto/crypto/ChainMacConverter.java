package dev.sotto.crypto;

import io.micronaut.core.convert.ConversionContext;
import io.micronaut.data.model.runtime.convert.AttributeConverter;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** Carries the MAC of a chain to a column and back. */
@Singleton
final class ChainMacConverter implements AttributeConverter<ChainMac, byte[]> {

  @Override
  public byte @Nullable [] convertToPersistedValue(
      @Nullable ChainMac value, ConversionContext context) {
    return value == null ? null : value.bytes();
  }

  @Override
  public @Nullable ChainMac convertToEntityValue(
      byte @Nullable [] bytes, ConversionContext context) {
    return bytes == null ? null : new ChainMac(bytes);
  }
}
