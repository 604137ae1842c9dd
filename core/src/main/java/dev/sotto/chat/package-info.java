/**
 * The words of a chat and its ports: {@link dev.sotto.chat.Inbox} and {@link
 * dev.sotto.chat.CommandCatalogue} towards the core, {@link dev.sotto.chat.ChatPlatform} towards
 * the platforms. Nothing here knows Slack, Discord, a database or a model, and no {@code toString}
 * here prints what a person wrote or who they are.
 */
@NullMarked
package dev.sotto.chat;

import org.jspecify.annotations.NullMarked;
