package dev.sotto.slack;

import dev.sotto.chat.Reply;
import dev.sotto.chat.Reply.Choice;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One message of a reply as it stands in Slack.
 *
 * @param text what it shows, empty when that is not known
 * @param live whether it is a stream that has not ended
 */
record SlackMessage(
    String ts, Optional<String> text, List<Choice> choices, boolean live, Instant since) {

  boolean shows(Reply content) {
    return text.filter(content.text()::equals).isPresent() && choices.equals(content.choices());
  }

  SlackMessage unknown() {
    return new SlackMessage(ts, Optional.empty(), choices, live, since);
  }

  @Override
  public String toString() {
    return "SlackMessage";
  }
}
