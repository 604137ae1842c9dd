/**
 * Takes responsibility for an event: keeps it sealed before the platform is told, drops repeats,
 * answers the events of one place in order and different places side by side, tries again what may
 * pass, and gives up visibly.
 */
@NullMarked
package dev.sotto.inbox;

import org.jspecify.annotations.NullMarked;
