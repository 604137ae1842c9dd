package dev.sotto.database;

import io.micronaut.configuration.jdbc.hikari.DatasourceConfiguration;
import io.micronaut.context.BeanLocator;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.flyway.FlywayConfigurationProperties;
import io.micronaut.inject.qualifiers.Qualifiers;
import jakarta.inject.Singleton;
import org.flywaydb.core.api.FlywayException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the tables of embedded databases before a pool opens them. H2 ties a check on a list of
 * values to the session that made it, and once that session is closed no row passes the check until
 * the database is opened anew (ConditionInConstantSet in H2 2.4.240).
 */
@Singleton
class EmbeddedTables implements BeanCreatedEventListener<DatasourceConfiguration> {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedTables.class);

  private final BeanLocator beans;

  EmbeddedTables(BeanLocator beans) {
    this.beans = beans;
  }

  @Override
  public DatasourceConfiguration onCreated(BeanCreatedEvent<DatasourceConfiguration> event) {
    DatasourceConfiguration database = event.getBean();
    if (Embedded.file(database.getUrl()).isPresent()) {
      beans
          .findBean(FlywayConfigurationProperties.class, Qualifiers.byName(database.getName()))
          .filter(FlywayConfigurationProperties::isEnabled)
          .ifPresent(it -> migrate(database, it));
    }
    return database;
  }

  private static void migrate(
      DatasourceConfiguration database, FlywayConfigurationProperties tables) {
    try {
      var _ =
          tables
              .getFluentConfiguration()
              .dataSource(database.getUrl(), database.getUsername(), database.getPassword())
              .load()
              .migrate();
    } catch (FlywayException e) {
      LOG.debug("the pool will meet the same and say it: {}", e.getClass().getName());
    }
  }
}
