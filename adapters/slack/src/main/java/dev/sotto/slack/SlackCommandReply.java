package dev.sotto.slack;

import dev.sotto.chat.LiveReply;
import dev.sotto.chat.Reply;
import dev.sotto.chat.Updates;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The answer to a command that may take long. Slack lets no ephemeral message go on changing, so
 * what changes stands in the person's direct messages, and the place of the command gets a line at
 * the beginning and the result at the end.
 */
final class SlackCommandReply implements LiveReply {
  /** Slack takes some 50 changes a minute from one bot. */
  private static final Duration PAUSE = Duration.ofSeconds(3);

  /** Before it is tried again where it was not taken. */
  private static final Duration LONG_PAUSE = Duration.ofSeconds(30);

  private static final String ELSEWHERE = "\n_In our direct messages you see it go on._";

  private static final Logger log = LoggerFactory.getLogger(SlackCommandReply.class);

  private final SlackAnswer answer;
  private final SlackDirect direct;
  private final Updates updates = new Updates(this::update);
  private boolean told;

  SlackCommandReply(SlackAnswer answer, SlackDirect direct) {
    this.answer = answer;
    this.direct = direct;
  }

  @Override
  public void show(String text) {
    updates.show(text);
  }

  @Override
  public void finish(Reply reply) {
    updates.close();
    boolean elsewhere = direct.begun() && attempted(() -> direct.show(reply));
    if (elsewhere && direct.isPlaceOfCommand()) {
      return;
    }
    try {
      answer.give(reply);
    } catch (SlackFailure e) {
      boolean gone = e.kind() == SlackFailure.Kind.REFUSED;
      if (!gone || !(elsewhere || attempted(() -> direct.show(reply)))) {
        throw e.forCore();
      }
    }
  }

  @Override
  public void close() {
    updates.close();
  }

  private Duration update(String text) {
    boolean elsewhere = attempted(() -> direct.show(Reply.of(text)));
    if (!told && !(elsewhere && direct.isPlaceOfCommand())) {
      told = attempted(() -> answer.give(Reply.of(text + (elsewhere ? ELSEWHERE : ""))));
    }
    return elsewhere ? PAUSE : LONG_PAUSE;
  }

  private static boolean attempted(Runnable call) {
    try {
      call.run();
      return true;
    } catch (SlackFailure e) {
      log.debug("Slack: a command's answer is not shown there ({})", e.getMessage());
      return false;
    }
  }
}
