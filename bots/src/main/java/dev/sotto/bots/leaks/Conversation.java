package dev.sotto.bots.leaks;

import dev.sotto.sandbox.discord.DiscordServer;
import dev.sotto.sandbox.side.Place;
import dev.sotto.sandbox.side.Side;
import dev.sotto.sandbox.side.View;
import dev.sotto.sandbox.slack.SlackServer;
import java.time.Duration;
import java.util.function.Predicate;

/** What one person of one platform says: directly, in a channel, in a thread, with a command. */
final class Conversation {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Side side;
  private final String mention;
  private final Canaries canaries;
  private final String person;

  Conversation(Side side, Canaries canaries) {
    this.side = side;
    this.canaries = canaries;
    this.person = side.people().getLast().id();
    this.mention =
        switch (side) {
          case SlackServer it -> "<@" + it.bot() + "> ";
          case DiscordServer it -> it.mention() + " ";
          default -> throw new IllegalArgumentException(side.name());
        };
  }

  /** Says a word everywhere and waits until the answers repeat it; tells also the ids in use. */
  void everywhere() throws InterruptedException {
    String direct = side.direct(person);
    String channel = side.channel("general");
    String word = canaries.say(side.name() + ", directly");
    side.say(person, Place.in(direct), "Remember that " + word);
    expect(direct, it -> it.contains(word));
    String inChannel = canaries.say(side.name() + ", in a channel");
    String root = side.say(person, Place.in(channel), mention + "remember that " + inChannel);
    expect(channel, it -> it.contains(inChannel));
    String inThread = canaries.say(side.name() + ", in a thread");
    side.say(person, Place.in(channel, root), mention + "remember that " + inThread);
    expect(channel, it -> it.contains(inThread));
    String line = canaries.say(side.name() + ", in a command");
    side.command(person, Place.in(direct), "/sotto assistant show " + line);
    expect(direct, it -> it.contains("no such assistant"));
    canaries.tell(side.name() + ", a person's id", person);
    canaries.tell(side.name() + ", a channel's id", channel);
    canaries.tell(side.name() + ", a message's id", root);
  }

  /** Asks for what was said directly: a program that was killed and started again still knows. */
  void again() throws InterruptedException {
    String direct = side.direct(person);
    side.say(person, Place.in(direct), "What do you remember?");
    expect(direct, it -> it.contains("I remember:") && it.contains("Quÿ"));
  }

  private void expect(String channel, Predicate<String> text) throws InterruptedException {
    boolean answered =
        side.await(
            () -> side.view(person).channel(channel).all().anyMatch(it -> isAnswer(it, text)),
            PATIENCE);
    if (!answered) {
      throw new IllegalStateException(
          "the copy of the program did not answer on " + side.name() + " within a minute");
    }
  }

  private static boolean isAnswer(View.Bubble bubble, Predicate<String> text) {
    return bubble.author().bot() && !bubble.streaming() && text.test(bubble.text());
  }
}
