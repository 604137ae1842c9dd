package dev.sotto.model;

/** A language model that answers while one waits. */
public interface LanguageModel {

  /**
   * Asks, blocks until the answer is whole, and tells the listener of every piece on this same
   * thread as it arrives. At most 1,000,000 characters; what comes after is not read.
   *
   * @throws ModelException there is no whole answer; {@link ModelException#text()} is what came
   */
  Completion complete(Prompt prompt, Listener listener);
}
