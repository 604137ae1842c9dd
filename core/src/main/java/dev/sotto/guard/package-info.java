/**
 * Judges what comes in ({@link dev.sotto.guard.Guard#admit}) and what goes out ({@link
 * dev.sotto.guard.Guard#open}), by rules that hold for any output of any model. An answer is judged
 * while it runs: what was released is never changed, what is not yet decided is held back, and how
 * the answer was cut into pieces makes no difference. Time is linear and what is held back is
 * bounded.
 */
@NullMarked
package dev.sotto.guard;

import org.jspecify.annotations.NullMarked;
