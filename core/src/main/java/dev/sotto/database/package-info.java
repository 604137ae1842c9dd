/** What is peculiar to the databases that hold everything, and not to what they hold. */
@NullMarked
package dev.sotto.database;

import org.jspecify.annotations.NullMarked;
