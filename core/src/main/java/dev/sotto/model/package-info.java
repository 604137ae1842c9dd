/**
 * The port to language models ({@link dev.sotto.model.Models}): their HTTPS clients through
 * LangChain4j, the choice among several and the demo model; {@link dev.sotto.model.Functions} is
 * what they may ask for while they answer. An answer is read on the caller's own (virtual) thread,
 * so a waiting stream costs no platform thread. What was said, what was asked for and what a
 * provider wrote back is in no log and no exception.
 */
@NullMarked
package dev.sotto.model;

import org.jspecify.annotations.NullMarked;
