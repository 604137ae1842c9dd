/**
 * Tools that a model may ask for: {@link dev.sotto.tool.Tools} is the one way to them, and opens
 * only what an assistant lists. What a model asks for and what it gets is in no log.
 */
@NullMarked
package dev.sotto.tool;

import org.jspecify.annotations.NullMarked;
