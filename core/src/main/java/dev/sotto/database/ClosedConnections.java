package dev.sotto.database;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;
import java.util.Set;

/**
 * Takes connections out of the pool whose embedded database has closed itself, as it does when it
 * cannot write. Their own test passes now and then (JdbcConnection.isValid in H2 2.4.240), and the
 * pool hands them out again and again.
 */
public final class ClosedConnections implements SQLExceptionOverride {
  /** H2's DATABASE_IS_CLOSED: by itself. */
  private static final int BY_ITSELF = 90098;

  /** The same, DATABASE_CALLED_AT_SHUTDOWN and OBJECT_CLOSED. */
  private static final Set<Integer> CLOSED = Set.of(BY_ITSELF, 90121, 90007);

  /** Whether the database behind a connection is no longer open. */
  public static boolean isClosed(SQLException failure) {
    return CLOSED.contains(failure.getErrorCode());
  }

  @java.lang.Override
  public Override adjudicate(SQLException failure) {
    return failure.getErrorCode() == BY_ITSELF ? Override.MUST_EVICT : Override.CONTINUE_EVICT;
  }
}
