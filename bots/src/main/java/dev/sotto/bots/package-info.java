/**
 * The program: the command line, and the one place where the core, the adapters and the operator's
 * configuration meet.
 */
@NullMarked
package dev.sotto.bots;

import org.jspecify.annotations.NullMarked;
