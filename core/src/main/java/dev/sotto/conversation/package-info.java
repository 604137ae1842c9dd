/** Answers one message: the story, in one method. */
@NullMarked
package dev.sotto.conversation;

import org.jspecify.annotations.NullMarked;
