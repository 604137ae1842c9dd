package dev.sotto.database;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.util.DriverDataSource;
import io.micronaut.configuration.jdbc.hikari.DatasourceConfiguration;
import io.micronaut.context.BeanContext;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.data.connection.jdbc.advice.DelegatingDataSource;
import io.micronaut.flyway.FlywayConfigurationProperties;
import io.micronaut.inject.qualifiers.Qualifiers;
import jakarta.inject.Singleton;
import java.util.Properties;
import javax.sql.DataSource;
import org.flywaydb.core.api.FlywayException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Readies what the pools of embedded databases connect to, for three habits of H2 2.4.240.
 *
 * <p>A thread that is interrupted while it reads or writes the file closes the database for all,
 * unless it is in {@link UninterruptibleFiles}.
 *
 * <p>H2 ties a check on a list of values to the session that made it, and once that session is
 * closed no row passes the check until the database is opened anew (ConditionInConstantSet): so the
 * tables are made before a pool opens it.
 *
 * <p>A database closes itself when it cannot write. Each use of a connection from before makes H2
 * forget the copy that was opened since (Database.checkPowerOff2): that one goes on, keeps its
 * file, and nobody can be connected anew until the last of its connections ends. So then all of
 * them end.
 */
@Singleton
class EmbeddedPools implements BeanCreatedEventListener<DatasourceConfiguration> {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPools.class);

  private final BeanContext beans;

  EmbeddedPools(BeanContext beans) {
    this.beans = beans;
    UninterruptibleFiles.insert();
  }

  @Override
  public DatasourceConfiguration onCreated(BeanCreatedEvent<DatasourceConfiguration> event) {
    DatasourceConfiguration database = event.getBean();
    if (Embedded.file(database.getUrl()).isPresent()) {
      database.setUrl(Embedded.uninterruptible(database.getUrl()));
      beans
          .findBean(FlywayConfigurationProperties.class, Qualifiers.byName(database.getName()))
          .filter(FlywayConfigurationProperties::isEnabled)
          .ifPresent(it -> migrate(database, it));
      database.setExceptionOverride(new ClosedConnections());
      database.setDataSource(source(database));
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

  private EmbeddedSource source(DatasourceConfiguration database) {
    return new EmbeddedSource(
        new DriverDataSource(
            database.getUrl(),
            database.getDriverClassName(),
            new Properties(),
            database.getUsername(),
            database.getPassword()),
        it -> endConnections(database.getName(), it));
  }

  /** Asks for no bean: that would make a new pool while the program stops. */
  private void endConnections(String name, DataSource source) {
    LOG.warn("the embedded database {} had closed itself: it is opened anew", name);
    beans.getActiveBeanRegistrations(DataSource.class).stream()
        .map(it -> DelegatingDataSource.unwrapDataSource(it.getBean()))
        .filter(it -> it instanceof HikariDataSource pool && source.equals(pool.getDataSource()))
        .forEach(it -> ((HikariDataSource) it).getHikariPoolMXBean().softEvictConnections());
  }
}
