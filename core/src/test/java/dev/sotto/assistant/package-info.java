/** Tests of definitions: what is read from files, what is refused, and which one answers where. */
@NullMarked
package dev.sotto.assistant;

import org.jspecify.annotations.NullMarked;
