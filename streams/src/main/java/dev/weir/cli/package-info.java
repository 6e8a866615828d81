/** The command line: weir. Results on stdout, progress and logs on stderr; exit 0, 1 or 2. */
@NullMarked
package dev.weir.cli;

import org.jspecify.annotations.NullMarked;
