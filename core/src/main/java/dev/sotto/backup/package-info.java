/** Writes both databases into two sealed files, and reads them again. Opens no row. */
@NullMarked
package dev.sotto.backup;

import org.jspecify.annotations.NullMarked;
