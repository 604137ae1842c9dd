package dev.sotto.audit;

/** What came of it. The ids are bound into every MAC and never change. */
public enum Outcome {
  /** It is about to be done; another entry says what came of it, unless the process died. */
  BEGUN(1),
  DONE(2),
  /** Who asked for it may not. */
  REFUSED(3),
  FAILED(4);

  private final byte id;

  Outcome(int id) {
    this.id = (byte) id;
  }

  byte id() {
    return id;
  }
}
