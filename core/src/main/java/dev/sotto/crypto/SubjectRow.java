package dev.sotto.crypto;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row of the data database whose version is anchored. */
record SubjectRow(Field field, BlindIndex subject, UUID id, @Nullable UUID scope, long version) {}
