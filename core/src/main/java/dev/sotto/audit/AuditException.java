package dev.sotto.audit;

/**
 * Nothing can be appended to the log: it is not as this process knows it. The message has the words
 * "integrity" and "audit log" and names places by number. Nothing was written.
 */
public final class AuditException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  AuditException(String reason) {
    super("integrity: the audit log " + reason);
  }
}
