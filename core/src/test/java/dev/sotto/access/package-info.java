@NullMarked
package dev.sotto.access;

import org.jspecify.annotations.NullMarked;
