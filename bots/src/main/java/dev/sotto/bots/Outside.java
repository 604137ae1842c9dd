package dev.sotto.bots;

import dev.sotto.crypto.SealedTexts;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.env.Environment;
import io.micronaut.context.env.MapPropertySource;
import io.micronaut.context.env.PropertySource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * The root key and what it alone opens, with the same configuration as the program but without its
 * databases: their passwords may be sealed, and another process may hold them. Made when first
 * asked for.
 */
final class Outside implements AutoCloseable {
  private final Environment environment;
  private Optional<ApplicationContext> context = Optional.empty();

  Outside(Environment environment) {
    this.environment = environment;
  }

  SealedTexts texts() {
    ApplicationContext beans = context.orElseGet(this::start);
    context = Optional.of(beans);
    return beans.getBean(SealedTexts.class);
  }

  private ApplicationContext start() {
    PropertySource[] sources =
        environment.getPropertySources().stream()
            .map(Outside::withoutDatabases)
            .toArray(PropertySource[]::new);
    return ApplicationContext.builder()
        .deduceEnvironment(false)
        .banner(false)
        .enableDefaultPropertySources(false)
        .environmentPropertySource(false)
        .propertySources(sources)
        .start();
  }

  private static PropertySource withoutDatabases(PropertySource source) {
    Map<String, Object> kept = new HashMap<>();
    StreamSupport.stream(source.spliterator(), false)
        .filter(it -> !it.startsWith("datasources") && !it.startsWith("DATASOURCES"))
        .forEach(it -> kept.put(it, source.get(it)));
    return new MapPropertySource(source.getName(), kept) {
      @Override
      public PropertyConvention getConvention() {
        return source.getConvention();
      }

      @Override
      public int getOrder() {
        return source.getOrder();
      }
    };
  }

  @Override
  public void close() {
    context.ifPresent(ApplicationContext::close);
  }
}
