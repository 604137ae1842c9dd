/**
 * Looks for what was said in everything that was written: {@link dev.sotto.bots.leaks.LeakCheck}
 * says unmistakable words to a copy of the program, and {@link dev.sotto.bots.leaks.Scan} looks for
 * them in every byte. A look that finds nothing counts only where what was planted was found.
 */
@NullMarked
package dev.sotto.bots.leaks;

import org.jspecify.annotations.NullMarked;
