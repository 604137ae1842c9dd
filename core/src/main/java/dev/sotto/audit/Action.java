package dev.sotto.audit;

/** What was done. The ids are bound into every MAC and never change. */
public enum Action {
  PROGRAM_STARTED(1),
  PROGRAM_STOPPED(2),
  /** Somebody told the bot to do what only administrators may. */
  COMMAND(3),
  KEY_REPLACED(4),
  KEY_COMPROMISED(5),
  KEY_DESTROYED(6),
  SCOPE_ERASED(7),
  ROOT_KEY_REPLACED(8),
  /** Something that is stored did not verify. */
  INTEGRITY_ALARM(9),
  /** The first entry of each segment; its reason names the MAC before it. */
  SEGMENT_BEGUN(10),
  /** The last entry of each segment but the newest. */
  SEGMENT_CLOSED(11),
  /** No anchor was there to check the log against, and one was begun. */
  ANCHOR_BEGUN(12);

  private final byte id;

  Action(int id) {
    this.id = (byte) id;
  }

  byte id() {
    return id;
  }
}
