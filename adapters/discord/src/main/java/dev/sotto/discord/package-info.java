/**
 * Discord, through unmodified JDA: events become {@link dev.sotto.chat.ChatEvent}s, replies become
 * messages and their edits, and nothing is decided here. Every hop is TLS 1.3 and is refused
 * otherwise; where the gateway is comes from Discord and never from a constant.
 *
 * <p>JDA writes payloads, ids and message texts to its log: {@code net.dv8tion.jda} must be off in
 * the logging configuration. What an operator needs to know is logged here, without them.
 */
@NullMarked
package dev.sotto.discord;

import org.jspecify.annotations.NullMarked;
