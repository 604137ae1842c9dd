/**
 * A local chat server for tests and for trying Sotto: the server side of the platforms' protocols,
 * over TLS 1.3 on loopback, with a certificate authority of its own that lives as long as it does.
 */
@NullMarked
package dev.sotto.sandbox;

import org.jspecify.annotations.NullMarked;
