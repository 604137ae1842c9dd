/** Tests of retrieval: questions that must find their passage, and small talk that must not. */
@NullMarked
package dev.sotto.knowledge;

import org.jspecify.annotations.NullMarked;
