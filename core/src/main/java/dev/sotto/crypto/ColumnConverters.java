package dev.sotto.crypto;

import io.micronaut.core.convert.MutableConversionService;
import io.micronaut.core.convert.TypeConverterRegistrar;
import jakarta.inject.Singleton;

/**
 * Carries a sealed value, a blind index, a link and a MAC to and from a hand-written statement.
 * There is no converter for a {@code String} or another type, so nothing else passes for them.
 */
@Singleton
final class ColumnConverters implements TypeConverterRegistrar {

  @Override
  public void register(MutableConversionService conversion) {
    conversion.addConverter(ChainLink.class, byte[].class, ChainLink::bytes);
    conversion.addConverter(byte[].class, ChainLink.class, ChainLink::new);
    conversion.addConverter(BlindIndex.class, byte[].class, BlindIndex::bytes);
    conversion.addConverter(byte[].class, BlindIndex.class, BlindIndex::new);
    conversion.addConverter(ChainMac.class, byte[].class, ChainMac::bytes);
    conversion.addConverter(byte[].class, ChainMac.class, ChainMac::new);
    conversion.addConverter(Ciphertext.class, byte[].class, Ciphertext::bytes);
    conversion.addConverter(byte[].class, Ciphertext.class, Ciphertext::new);
  }
}
