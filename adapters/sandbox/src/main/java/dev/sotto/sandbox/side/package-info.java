/**
 * What the platforms of the sandbox have in common: what a person sees and does there, the faults
 * that a test can plan, and the way to HTTP. Knows no platform.
 */
@NullMarked
package dev.sotto.sandbox.side;

import org.jspecify.annotations.NullMarked;
