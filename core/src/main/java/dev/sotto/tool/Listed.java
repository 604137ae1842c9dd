package dev.sotto.tool;

/** A tool as an assistant lists it; it need not exist. */
public record Listed(String name, Approval approval) {}
