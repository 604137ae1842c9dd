/**
 * What was said in a conversation: remember, recall, forget. Every text is sealed under the key of
 * the one person it concerns before it reaches a row.
 */
@NullMarked
package dev.sotto.memory;

import org.jspecify.annotations.NullMarked;
