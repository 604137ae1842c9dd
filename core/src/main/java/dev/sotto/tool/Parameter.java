package dev.sotto.tool;

/** A text that goes with a call of a tool. */
public record Parameter(String name, String description, boolean required) {}
