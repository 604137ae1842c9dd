/**
 * Documents that an assistant may quote. A {@link dev.sotto.knowledge.Library} cuts them into
 * passages at their headings and finds those that bear on a question, in an index that exists in
 * memory only: nothing of a document is written anywhere.
 */
@NullMarked
package dev.sotto.knowledge;

import org.jspecify.annotations.NullMarked;
