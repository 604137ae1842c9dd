/**
 * What an operator's machines ask a running program: whether it lives, whether it is ready, and its
 * metrics. Off unless a port is set; then on loopback alone, over TLS 1.3.
 */
@NullMarked
package dev.sotto.bots.management;

import org.jspecify.annotations.NullMarked;
