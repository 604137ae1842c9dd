package dev.sotto.crypto;

import java.util.UUID;

/** The highest version seen of a subject; the proof is a fingerprint of both. */
record AnchorRow(BlindIndex subject, UUID workspace, long version, BlindIndex proof) {}
