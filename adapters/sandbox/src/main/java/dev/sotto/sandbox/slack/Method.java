package dev.sotto.sandbox.slack;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * One method of the Web API.
 *
 * @param scope what a token needs; empty for nothing, or when the method looks for itself
 */
record Method(String name, Grants.Token token, String scope, Work work) {

  /** What it does. Says no with a {@link Refusal}. */
  @FunctionalInterface
  interface Work {
    ObjectNode call(Args args);
  }

  static Method bot(String name, String scope, Work work) {
    return new Method(name, Grants.Token.BOT, scope, work);
  }
}
