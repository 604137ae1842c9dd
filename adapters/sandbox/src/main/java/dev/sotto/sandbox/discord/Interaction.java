package dev.sotto.sandbox.discord;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Something a person did that a bot has 3 seconds to acknowledge and 15 minutes to answer: a
 * command, a button, a form, or the typing of an option.
 */
final class Interaction {
  static final Duration TO_ACKNOWLEDGE = Duration.ofSeconds(3);
  static final Duration TO_ANSWER = Duration.ofMinutes(15);

  private final long id;
  private final String token;
  private final Act act;
  private final CompletableFuture<JsonNode> acknowledgement = new CompletableFuture<>();
  private Optional<Message> original = Optional.empty();
  private boolean waitsForContent;

  Interaction(long id, String token, Act act) {
    this.id = id;
    this.token = token;
    this.act = act;
  }

  /** What a person did; numbers as Discord documents them. */
  enum Kind {
    COMMAND(2),
    COMPONENT(3),
    AUTOCOMPLETE(4),
    MODAL(5);

    private final int number;

    Kind(int number) {
      this.number = number;
    }

    int number() {
      return number;
    }
  }

  /**
   * Who did what where.
   *
   * @param source the message whose component was used, also of a form that it opened
   */
  record Act(
      Kind kind, Account person, Channel channel, Optional<Message> source, ObjectNode data) {
    @Override
    public String toString() {
      return "Act[" + kind + "]";
    }
  }

  long id() {
    return id;
  }

  String token() {
    return token;
  }

  Kind kind() {
    return act.kind();
  }

  Account person() {
    return act.person();
  }

  Channel channel() {
    return act.channel();
  }

  Optional<Message> source() {
    return act.source();
  }

  ObjectNode data() {
    return act.data();
  }

  boolean acknowledged() {
    return acknowledgement.isDone();
  }

  /** Completes with the callback that the bot sent; fails when it did not come in time. */
  CompletableFuture<JsonNode> acknowledgement() {
    return acknowledgement;
  }

  boolean mayBeAcknowledged(Instant now) {
    return now.isBefore(Snowflakes.time(id).plus(TO_ACKNOWLEDGE));
  }

  boolean mayBeAnswered(Instant now) {
    return now.isBefore(Snowflakes.time(id).plus(TO_ANSWER));
  }

  /** The message that {@code @original} stands for. */
  Optional<Message> original() {
    return original;
  }

  /** Whether the bot said that it would answer later, and has not yet. */
  boolean waitsForContent() {
    return waitsForContent;
  }

  void answeredWith(Message message) {
    original = Optional.of(message);
    waitsForContent = message.content().has(Content.LOADING);
  }

  void filled() {
    waitsForContent = false;
  }

  @Override
  public String toString() {
    return "Interaction[" + act.kind() + "]";
  }
}
