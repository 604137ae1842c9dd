/**
 * Scripted dialogues: a quiz with a score, a form. Where a dialogue stands follows from what was
 * said in its conversation; nothing else is kept.
 */
@NullMarked
package dev.sotto.flow;

import org.jspecify.annotations.NullMarked;
