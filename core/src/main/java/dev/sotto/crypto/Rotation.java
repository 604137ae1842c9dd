package dev.sotto.crypto;

/**
 * What a rotation came to.
 *
 * @param scopes that got a new key
 * @param rows sealed again
 * @param destroyed old keys that no row uses and that are gone
 * @param waiting old keys that are still there, because of rows that cannot be read or because the
 *     work was interrupted; the next rotation tries again
 * @param unreadable rows that do not verify and were left as they are
 */
public record Rotation(int scopes, long rows, int destroyed, int waiting, long unreadable) {
  static final Rotation NOTHING = new Rotation(0, 0, 0, 0, 0);

  Rotation plus(Rotation other) {
    return new Rotation(
        scopes + other.scopes,
        rows + other.rows,
        destroyed + other.destroyed,
        waiting + other.waiting,
        unreadable + other.unreadable);
  }
}
