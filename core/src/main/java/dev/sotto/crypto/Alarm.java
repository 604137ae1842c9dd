package dev.sotto.crypto;

import java.util.UUID;

/**
 * Told when stored data is found missing, changed, rolled back or forged. Must return soon and not
 * throw; it is told each finding as long as it lasts, at most {@link Alarms#MOST} in a minute.
 */
public interface Alarm {

  /** Something does not verify. */
  void raised(Finding finding);

  /**
   * What was found, by our own ids and without content.
   *
   * @param row whose: a conversation, a message, a binding
   * @param reason in words that never change with the data
   */
  record Finding(Field field, UUID row, String reason) {}
}
