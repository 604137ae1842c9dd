package dev.sotto;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Logger;

/**
 * A driver in front of the real one under which an ordered commit happens, and its connection is
 * gone before anybody hears so.
 */
public final class DoubtDriver implements Driver {
  private static final Map<String, AtomicInteger> ORDERS = new ConcurrentHashMap<>();

  /** The n-th commit from now at this address is the one. */
  public static void order(String url, int commit) {
    ORDERS.put(url, new AtomicInteger(commit));
  }

  /** How many commits are to come before it; none when that is 0 or less. */
  public static int left(String url) {
    return ORDERS.getOrDefault(url, new AtomicInteger()).get();
  }

  @Override
  public Connection connect(String url, Properties settings) throws SQLException {
    Connection real = DriverManager.getConnection(url, settings);
    return (Connection)
        Proxy.newProxyInstance(
            Connection.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (_, method, values) -> call(url, real, method, values));
  }

  private static Object call(String url, Connection real, Method method, Object[] values)
      throws Throwable {
    Object result;
    try {
      result = method.invoke(real, values);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
    if (method.getName().equals("commit") && isOrdered(url)) {
      real.close();
      throw new SQLException("the connection is gone", "08006");
    }
    return result;
  }

  private static boolean isOrdered(String url) {
    AtomicInteger order = ORDERS.get(url);
    return order != null && order.get() > 0 && order.decrementAndGet() == 0;
  }

  @Override
  public boolean acceptsURL(String url) {
    return true;
  }

  @Override
  public DriverPropertyInfo[] getPropertyInfo(String url, Properties settings) {
    return new DriverPropertyInfo[0];
  }

  @Override
  public int getMajorVersion() {
    return 1;
  }

  @Override
  public int getMinorVersion() {
    return 0;
  }

  @Override
  public boolean jdbcCompliant() {
    return false;
  }

  @Override
  public Logger getParentLogger() {
    return Logger.getGlobal();
  }
}
