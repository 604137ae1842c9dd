package dev.sotto.discord;

import java.util.List;
import net.dv8tion.jda.api.utils.data.DataArray;
import net.dv8tion.jda.api.utils.data.DataObject;

/**
 * What is sent to Discord with a message. Nobody is ever mentioned by it, and no link in it is
 * opened by Discord, which would tell a stranger's server what was said: both is said with every
 * message and every edit.
 */
final class Bodies {
  private static final int SUPPRESS_EMBEDS = 1 << 2;
  private static final int EPHEMERAL = 1 << 6;

  private Bodies() {}

  static DataObject message(String text, DataArray components) {
    return DataObject.empty()
        .put("content", text)
        .put("components", components)
        .put("flags", SUPPRESS_EMBEDS)
        .put(
            "allowed_mentions",
            DataObject.empty().put("parse", DataArray.empty()).put("replied_user", false));
  }

  /** A message that Discord takes only once, however often it is sent with this nonce. */
  static DataObject once(DataObject message, String nonce) {
    return message.put("nonce", nonce).put("enforce_nonce", true);
  }

  /** A message that shows which one it answers, as long as that one is there. */
  static DataObject answering(DataObject message, String answered) {
    return message.put(
        "message_reference",
        DataObject.empty().put("message_id", answered).put("fail_if_not_exists", false));
  }

  /** A message that one person alone sees. */
  static DataObject ephemeral(DataObject message) {
    return message.put("flags", SUPPRESS_EMBEDS | EPHEMERAL);
  }

  static DataObject thread(String name, int archivedAfterMinutes) {
    return DataObject.empty().put("name", name).put("auto_archive_duration", archivedAfterMinutes);
  }

  /** Whether a message from Discord is as it was to be; Discord strips the ends of a text. */
  static boolean arrived(DataObject answer, DataObject sent) {
    boolean text =
        answer.getString("content", "").strip().equals(sent.getString("content", "").strip());
    return text && components(answer).isEmpty() == components(sent).isEmpty();
  }

  private static List<Object> components(DataObject message) {
    return message.optArray("components").map(DataArray::toList).orElse(List.of());
  }
}
