package dev.sotto.inbox;

/** How far an event has come. */
enum EventState {
  /** Kept; not answered yet. */
  RECEIVED,
  /** The answer is kept with it and remembered; not shown to the end yet. */
  ANSWERED,
  /** The platform has taken the answer. */
  DONE,
  /** It could not be answered, and people were told where that was possible. */
  GIVEN_UP
}
