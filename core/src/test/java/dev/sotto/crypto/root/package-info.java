@NullMarked
package dev.sotto.crypto.root;

import org.jspecify.annotations.NullMarked;
