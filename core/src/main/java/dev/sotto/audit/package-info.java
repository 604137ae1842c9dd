/**
 * Writes down who did what and when; append-only, tamper-evident, without content. {@link
 * dev.sotto.audit.AuditLog} is its door.
 *
 * <p>Entries form a chain of HMACs in segments. The key of an entry is made from that of the one
 * before, which is then forgotten, so that who takes the running state can change nothing that
 * stands. The first key of a segment is wrapped by the root key and opened by a check alone. What
 * stood last is kept in a file outside of the databases, against a log that was cut off or put back
 * to an older state. Who holds the root key and both databases can forge all of it but that file.
 */
@NullMarked
package dev.sotto.audit;

import org.jspecify.annotations.NullMarked;
