package dev.sotto.crypto;

import java.time.Instant;

/**
 * Some keys of the inventory: all of one kind in one state.
 *
 * @param kind what they are, such as {@code person} or {@code root}
 * @param count how many
 * @param oldest when the first of them was made
 * @param newest when the last of them was made
 * @param algorithm what they are used with
 * @param use what they protect, in a few words
 * @param rows how many rows are sealed, or found, under them
 */
public record KeyLine(
    String kind,
    long count,
    KeyState state,
    Instant oldest,
    Instant newest,
    String algorithm,
    String use,
    long rows) {}
