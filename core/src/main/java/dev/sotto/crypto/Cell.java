package dev.sotto.crypto;

import java.util.UUID;

/**
 * The place of one sealed value. What was sealed for one cell opens in no other.
 *
 * @param row the row's id, made with {@link Vault#newId} before the insert
 * @param version the row's version, raised with every new text; an older text does not open under a
 *     newer version
 */
public record Cell(Field field, Scope scope, UUID row, int version) {}
