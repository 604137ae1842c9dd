package dev.sotto.memory;

import dev.sotto.crypto.BlindIndex;
import dev.sotto.crypto.Chain;
import dev.sotto.crypto.ChainLink;
import dev.sotto.crypto.Ciphertext;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** All of a message but its text: what its link is made of, and the link. */
@MappedEntity("message")
record LinkRow(
    @Id UUID id,
    UUID conversationId,
    long seq,
    Recollection.Role role,
    @Nullable BlindIndex source,
    Instant saidAt,
    Instant expiresAt,
    UUID scopeId,
    int rowVersion,
    @Nullable ChainLink link) {
  private static final byte MESSAGE = 1;
  private static final int SIZE = 2 + 3 * 2 * Long.BYTES + 3 * Long.BYTES + Integer.BYTES;

  static LinkRow of(MessageRow row) {
    return new LinkRow(
        row.id(),
        row.conversationId(),
        row.seq(),
        row.role(),
        row.source(),
        row.saidAt(),
        row.expiresAt(),
        row.scopeId(),
        row.rowVersion(),
        row.link());
  }

  LinkRow with(ChainLink other) {
    return new LinkRow(
        id, conversationId, seq, role, source, saidAt, expiresAt, scopeId, rowVersion, other);
  }

  /** The same for other words. */
  LinkRow next() {
    return new LinkRow(
        id, conversationId, seq, role, source, saidAt, expiresAt, scopeId, rowVersion + 1, link);
  }

  MessageRow with(Ciphertext body) {
    return new MessageRow(
        id,
        conversationId,
        seq,
        role,
        source,
        saidAt,
        expiresAt,
        scopeId,
        body.keyId(),
        rowVersion,
        body,
        link);
  }

  /** The only link that fits it behind another. */
  ChainLink linkAfter(Chain chain, ChainLink before) {
    ByteBuffer item = ByteBuffer.allocate(SIZE);
    item.put(MESSAGE).put((byte) (role == Recollection.Role.PERSON ? 1 : 2));
    for (UUID it : new UUID[] {conversationId, id, scopeId}) {
      item.putLong(it.getMostSignificantBits()).putLong(it.getLeastSignificantBits());
    }
    item.putLong(seq).putLong(micros(saidAt)).putLong(micros(expiresAt)).putInt(rowVersion);
    return chain.link(before, item.array(), source);
  }

  static long micros(Instant time) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, time);
  }
}
