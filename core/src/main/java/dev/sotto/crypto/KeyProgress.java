package dev.sotto.crypto;

import java.time.Instant;

/**
 * How far a rotation is, wherever it runs, as of its last batch.
 *
 * @param what whose keys it replaces, in a few words and our own ids
 * @param done rows sealed again, or keys wrapped again
 * @param total rows or keys known so far; it may rise while others write
 * @param since when it was begun
 */
public record KeyProgress(String what, long done, long total, Instant since) {}
