/** Traces, for an operator's collector of OpenTelemetry. Off unless its address is set. */
@NullMarked
package dev.sotto.bots.traces;

import org.jspecify.annotations.NullMarked;
