/**
 * The grammar of commands: parses a line to a {@link dev.sotto.command.BotCommand}, asks {@code
 * access} and does it.
 */
@NullMarked
package dev.sotto.command;

import org.jspecify.annotations.NullMarked;
