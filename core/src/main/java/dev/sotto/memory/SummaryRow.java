package dev.sotto.memory;

import dev.sotto.crypto.Chain;
import dev.sotto.crypto.ChainHead;
import dev.sotto.crypto.ChainLink;
import dev.sotto.crypto.Ciphertext;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.UUID;

@MappedEntity("summary")
record SummaryRow(
    @Id UUID id,
    UUID conversationId,
    long reachesSeq,
    Instant oldestAt,
    Instant expiresAt,
    UUID scopeId,
    int keyId,
    int rowVersion,
    Ciphertext body) {
  private static final byte SUMMARY = 2;
  private static final int SIZE = 1 + 4 * Long.BYTES + 3 * Long.BYTES + Integer.BYTES;

  /** What the head of its conversation says of it, so that no other and no older one is taken. */
  ChainLink note(Chain chain) {
    ByteBuffer item = ByteBuffer.allocate(SIZE).put(SUMMARY);
    for (UUID it : new UUID[] {conversationId, id}) {
      item.putLong(it.getMostSignificantBits()).putLong(it.getLeastSignificantBits());
    }
    item.putLong(reachesSeq).putLong(LinkRow.micros(oldestAt)).putLong(LinkRow.micros(expiresAt));
    return chain.link(ChainHead.none(), item.putInt(rowVersion).array(), null);
  }
}
