@NullMarked
package dev.sotto.command;

import org.jspecify.annotations.NullMarked;
