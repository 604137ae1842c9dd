/**
 * The server side of Discord: REST v10 and the Gateway over one state, as far as a bot and the
 * people around it need them. Everything here is guarded by the monitor of one {@link
 * dev.sotto.sandbox.discord.Guild}, so that what a bot is told over its socket has the order in
 * which it happened. Rules follow Discord's documentation and what JDA 6.5 was seen to require.
 */
@NullMarked
package dev.sotto.sandbox.discord;

import org.jspecify.annotations.NullMarked;
