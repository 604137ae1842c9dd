/** Who may do what. */
@NullMarked
package dev.sotto.access;

import org.jspecify.annotations.NullMarked;
