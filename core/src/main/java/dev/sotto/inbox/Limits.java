package dev.sotto.inbox;

import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;

/**
 * How much is taken in and done at once, so that nobody takes all of it. Without settings only a
 * flood comes to a limit: a heap of 640 MiB holds some 5,000 turns in flight.
 *
 * @param turns answers that are thought of at once, by one program
 * @param turnsOfWorkspace of them those of one workspace
 * @param turnsOfPerson of them those of one person
 * @param waiting events that are accepted and not done, in the whole installation
 * @param waitingOfWorkspace of them those of one workspace
 * @param waitingOfPerson of them those of one person
 * @param perMinute messages and commands of one person in a minute, by one program
 */
@Singleton
record Limits(
    @Value("${sotto.limits.turns:8192}") int turns,
    @Value("${sotto.limits.turns-per-workspace:4096}") int turnsOfWorkspace,
    @Value("${sotto.limits.turns-per-person:1024}") int turnsOfPerson,
    @Value("${sotto.limits.waiting:20000}") int waiting,
    @Value("${sotto.limits.waiting-per-workspace:10000}") int waitingOfWorkspace,
    @Value("${sotto.limits.waiting-per-person:2000}") int waitingOfPerson,
    @Value("${sotto.limits.messages-per-minute:3000}") int perMinute) {

  /** Characters of one message or command; what is long, and not this long, the guard answers. */
  static final int CHARACTERS = 2_000_000;

  Limits {
    positive("turns", turns);
    positive("turns-per-workspace", turnsOfWorkspace);
    positive("turns-per-person", turnsOfPerson);
    positive("waiting", waiting);
    positive("waiting-per-workspace", waitingOfWorkspace);
    positive("waiting-per-person", waitingOfPerson);
    positive("messages-per-minute", perMinute);
  }

  private static void positive(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException("sotto.limits." + name + " has to be 1 or more");
    }
  }
}
