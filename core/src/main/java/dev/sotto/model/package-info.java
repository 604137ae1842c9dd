/**
 * The port to a language model ({@link dev.sotto.model.LanguageModel}), its HTTPS clients through
 * LangChain4j, the choice among several ({@link dev.sotto.model.Models}) and the demo model. An
 * answer is read on the caller's own (virtual) thread, so a waiting stream costs no platform
 * thread. What was said, and what a provider wrote back, is in no log and no exception.
 */
@NullMarked
package dev.sotto.model;

import org.jspecify.annotations.NullMarked;
