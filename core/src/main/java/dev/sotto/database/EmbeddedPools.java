package dev.sotto.database;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.util.DriverDataSource;
import io.micronaut.configuration.jdbc.hikari.DatasourceConfiguration;
import io.micronaut.context.BeanLocator;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.inject.qualifiers.Qualifiers;
import io.micronaut.jdbc.DataSourceResolver;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.Properties;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the pools of embedded databases find back when a database has closed itself, as it does when
 * it cannot write. Each use of a connection from before makes H2 forget the copy that was opened
 * since (Database.checkPowerOff2 in H2 2.4.240): that one goes on, keeps its file, and nobody can
 * be connected anew until the last of its connections ends. So then all of them end.
 */
@Singleton
class EmbeddedPools implements BeanCreatedEventListener<DatasourceConfiguration> {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPools.class);

  private final BeanLocator beans;

  EmbeddedPools(BeanLocator beans) {
    this.beans = beans;
  }

  @Override
  public DatasourceConfiguration onCreated(BeanCreatedEvent<DatasourceConfiguration> event) {
    DatasourceConfiguration database = event.getBean();
    if (Embedded.file(database.getUrl()).isPresent()) {
      database.setExceptionOverride(new ClosedConnections());
      database.setDataSource(
          new EmbeddedSource(
              new DriverDataSource(
                  database.getUrl(),
                  database.getDriverClassName(),
                  new Properties(),
                  database.getUsername(),
                  database.getPassword()),
              () -> endConnections(database.getName())));
    }
    return database;
  }

  private void endConnections(String name) {
    LOG.warn("the embedded database {} had closed itself: it is opened anew", name);
    DataSource source =
        beans
            .getBean(DataSourceResolver.class)
            .resolve(beans.getBean(DataSource.class, Qualifiers.byName(name)));
    try {
      source.unwrap(HikariDataSource.class).getHikariPoolMXBean().softEvictConnections();
    } catch (SQLException e) {
      throw new IllegalStateException("another pool than HikariCP", e);
    }
  }
}
