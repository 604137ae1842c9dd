package dev.sotto.command;

import dev.sotto.chat.Reply;

/**
 * What a command came to.
 *
 * @param well false where it was not understood, not allowed, or left something undone
 */
public record Done(Reply reply, boolean well) {
  static Done well(String text) {
    return new Done(Reply.of(text), true);
  }

  static Done badly(String text) {
    return new Done(Reply.of(text), false);
  }
}
