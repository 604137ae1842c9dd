/**
 * The load driver: the whole product in a process of its own, and in this one everything it talks
 * to. Run by hand; docs/performance.md tells how, and what came out.
 */
@org.jspecify.annotations.NullMarked
package dev.sotto.bots.load;
