package dev.sotto.crypto;

import io.micronaut.core.convert.ConversionContext;
import io.micronaut.data.model.runtime.convert.AttributeConverter;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** Carries a link to a column and back. */
@Singleton
final class ChainLinkConverter implements AttributeConverter<ChainLink, byte[]> {

  @Override
  public byte @Nullable [] convertToPersistedValue(
      @Nullable ChainLink value, ConversionContext context) {
    return value == null ? null : value.bytes();
  }

  @Override
  public @Nullable ChainLink convertToEntityValue(
      byte @Nullable [] bytes, ConversionContext context) {
    return bytes == null ? null : new ChainLink(bytes);
  }
}
