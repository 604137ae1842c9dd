package dev.sotto.telemetry;

import java.util.Locale;

/** A step on the way of a message. Each is timed by what it is a step of and by what it came to. */
public enum Step {
  /** From the arrival of an event until it is kept and may be acknowledged. */
  ACCEPT("platform", "From the arrival of an event until it is kept"),
  /** One attempt at an event, until the platform has taken the answer. */
  TURN("platform", "One attempt at an event, until the platform has taken the answer"),
  /** One request to a model, until its answer is whole. */
  MODEL_CALL("provider", "One request to a model, until its answer is whole"),
  /** The end of a reply: what was not shown while it grew. */
  SEND("platform", "The last part of a reply, until the platform has taken it");

  private final String label;
  private final String description;

  Step(String label, String description) {
    this.label = label;
    this.description = description;
  }

  /** The name of what it is a step of. */
  String label() {
    return label;
  }

  String description() {
    return description;
  }

  /** The name of its span. */
  String span() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** The name of its timer. */
  String metric() {
    return "sotto." + name().toLowerCase(Locale.ROOT).replace('_', '.');
  }
}
