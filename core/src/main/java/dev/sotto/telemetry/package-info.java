/**
 * What happens, counted, timed and traced without content. Whoever tells of it has enums and
 * numbers to tell it with, so that no word, name or id can become a label. The only home of
 * Micrometer and OpenTelemetry in the core.
 */
@NullMarked
package dev.sotto.telemetry;

import org.jspecify.annotations.NullMarked;
