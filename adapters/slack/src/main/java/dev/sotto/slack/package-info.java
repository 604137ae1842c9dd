/**
 * Slack: events in over Socket Mode, replies out over the Web API, and nothing decided in between.
 *
 * <p>Bolt parses and dispatches what Slack sends. The WebSocket itself is the JDK's own ({@link
 * dev.sotto.slack.SlackLink}): Bolt's socket clients take their trust from properties of the whole
 * process, go to {@code ws://} without a word, poll every 10 ms and lose their way when a reconnect
 * fails. What comes back from Slack is read as plain JSON, because an answer's shape may not decide
 * whether a reply arrives.
 */
@NullMarked
package dev.sotto.slack;

import org.jspecify.annotations.NullMarked;
