package dev.sotto.crypto;

/** The key of the audit log, as an administrator replaces it. */
public interface AuditKeys {

  /** Goes on with a new key; what was written before stays verifiable. */
  void rotate();
}
