package dev.sotto.crypto;

/** What a {@link Fingerprint} is of: the same words in two domains have unrelated fingerprints. */
public enum Domain {
  WORKSPACE(1),
  PERSON(2),
  PLACE(3),
  EVENT(4),
  MESSAGE(5),
  CONVERSATION(6),
  BINDING(7),
  REPLY(8),
  LIMIT(9),
  AUDIT(10),
  ANCHOR(11);

  private final byte id;

  Domain(int id) {
    this.id = (byte) id;
  }

  byte id() {
    return id;
  }
}
