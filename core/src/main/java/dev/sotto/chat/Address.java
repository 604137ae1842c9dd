package dev.sotto.chat;

import java.util.Optional;

/**
 * The place where something is said and where its answer goes.
 *
 * @param channel the platform's channel, also of a direct message
 * @param thread the thread below it: on Slack the root's {@code ts} (a top-level message that is to
 *     be answered in a thread of its own names itself), on Discord the thread channel's id, which
 *     is the id of the message it was opened from
 */
public record Address(Workspace workspace, Kind kind, String channel, Optional<String> thread) {

  /** Whether everyone in a channel sees it or one person alone. */
  public enum Kind {
    CHANNEL,
    DIRECT
  }

  @Override
  public String toString() {
    return "Address[" + workspace.platform().key() + " " + kind + "]";
  }
}
