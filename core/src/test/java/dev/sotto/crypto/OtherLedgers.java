package dev.sotto.crypto;

import io.micronaut.context.annotation.Requires;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import jakarta.inject.Singleton;

/** Silences the ledgers of other packages, whose tables a {@link SealedStore} does not have. */
@Singleton
@Requires(property = OtherLedgers.SILENT)
final class OtherLedgers implements BeanCreatedEventListener<KeyLedger> {
  static final String SILENT = "test.silent-ledgers";

  @Override
  public KeyLedger onCreated(BeanCreatedEvent<KeyLedger> event) {
    Class<KeyLedger> type = event.getBeanDefinition().getBeanType();
    boolean ours = type.getPackageName().equals(getClass().getPackageName());
    return ours ? event.getBean() : new Silent();
  }

  private static final class Silent implements KeyLedger, AuditKeys {
    @Override
    public void record(KeyDeed deed) {}

    @Override
    public void rotate() {}
  }
}
