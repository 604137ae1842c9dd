package dev.sotto;

import io.micronaut.context.annotation.Property;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.data.repository.GenericRepository;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;

/**
 * Stops the process dead around a statement to a database, such as {@code EventRows.create after},
 * when a file orders it; or writes down the statements beside that file when it says {@value
 * #TRACE}.
 */
@Singleton
@Requires(property = StepCrash.ORDERS)
public final class StepCrash implements BeanCreatedEventListener<GenericRepository<?, ?>> {
  /** Names the file of the orders. */
  public static final String ORDERS = "test.crash-orders";

  /** The order to write down each statement. */
  public static final String TRACE = "trace";

  private static final int KILLED = 137;

  private final Path orders;

  StepCrash(@Property(name = ORDERS) Path orders) {
    this.orders = orders;
  }

  /** The file of the statements that were written down. */
  public static Path trace(Path orders) {
    return orders.resolveSibling(orders.getFileName() + ".trace");
  }

  @Override
  public GenericRepository<?, ?> onCreated(BeanCreatedEvent<GenericRepository<?, ?>> event) {
    GenericRepository<?, ?> bean = event.getBean();
    Class<?> type =
        Stream.of(bean.getClass().getInterfaces())
            .filter(it -> it.getName().startsWith("dev.sotto."))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException(bean.getClass() + " is of no interface"));
    return (GenericRepository<?, ?>)
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (_, method, values) -> call(type, bean, method, values));
  }

  private Object call(Class<?> type, Object bean, Method method, Object[] values) throws Throwable {
    String step = type.getSimpleName() + "." + method.getName();
    method.setAccessible(true);
    reached(step + " before");
    try {
      Object result = method.invoke(bean, values);
      reached(step + " after");
      return result;
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private void reached(String step) {
    String order = order();
    if (order.equals(step)) {
      Runtime.getRuntime().halt(KILLED);
    }
    if (order.equals(TRACE)) {
      write(step);
    }
  }

  private String order() {
    try {
      return Files.readString(orders).strip();
    } catch (NoSuchFileException e) {
      return "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private synchronized void write(String step) {
    try {
      Files.writeString(
          trace(orders), step + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
