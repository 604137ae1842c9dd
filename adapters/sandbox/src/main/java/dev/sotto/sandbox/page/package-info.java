/**
 * The sandbox's web page: every platform side by side, live, and what of it lies on disk. It is
 * another client of {@link dev.sotto.sandbox.side.Side} and knows no platform.
 */
@NullMarked
package dev.sotto.sandbox.page;

import org.jspecify.annotations.NullMarked;
