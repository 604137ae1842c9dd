/** Backups of every kind of database, restored into every other. */
@NullMarked
package dev.sotto.backup;

import org.jspecify.annotations.NullMarked;
