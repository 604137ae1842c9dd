package dev.sotto.model;

/** A language model that answers while one waits. */
interface LanguageModel {

  /**
   * Asks, blocks until the answer is whole, and tells the listener of every piece on this same
   * thread as it arrives. The functions that the model asks for meanwhile are called on this thread
   * too. At most 1,000,000 characters; what comes after is not read.
   *
   * @throws ModelException there is no whole answer; {@link ModelException#text()} is what came
   */
  Completion complete(Prompt prompt, Calls calls, Listener listener);
}
