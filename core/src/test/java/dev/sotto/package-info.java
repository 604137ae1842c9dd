/** What the tests of the core share. */
@NullMarked
package dev.sotto;

import org.jspecify.annotations.NullMarked;
