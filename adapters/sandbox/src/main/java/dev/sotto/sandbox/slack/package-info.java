/**
 * Slack's side of the wire, as far as an assistant and the people around it need it: the Web API,
 * Socket Mode, and a small workspace behind them. Names of methods, fields and errors are Slack's
 * own; what Slack does was taken from docs.slack.dev and from what its Java SDK was seen to need.
 */
@NullMarked
package dev.sotto.sandbox.slack;

import org.jspecify.annotations.NullMarked;
