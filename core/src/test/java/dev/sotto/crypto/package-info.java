/** Attacks on the vault, each with a twin in which the defence is gone. */
@NullMarked
package dev.sotto.crypto;

import org.jspecify.annotations.NullMarked;
