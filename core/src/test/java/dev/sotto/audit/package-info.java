@NullMarked
package dev.sotto.audit;

import org.jspecify.annotations.NullMarked;
