/**
 * What an assistant is, and which one lives at an address. A definition is a YAML file that a
 * person edits: {@link dev.sotto.assistant.AssistantFile} reads one and tells every mistake in it
 * with line and column, {@link dev.sotto.assistant.Assistants} keeps a directory of them running
 * and up to date. The fields are described once, in {@code AssistantFields}; the checks and the
 * JSON Schema for editors both follow from it.
 */
@NullMarked
package dev.sotto.assistant;

import org.jspecify.annotations.NullMarked;
