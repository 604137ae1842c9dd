package dev.sotto.audit;

import dev.sotto.crypto.ChainMac;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * One entry of the log, opened.
 *
 * @param once what it must not be written down twice by; empty where it may
 * @param mac none where somebody took it away
 */
public record AuditEntry(
    UUID id, Place place, Instant at, Note note, String once, Optional<ChainMac> mac) {
  private static final short FORM = 0x4C31; // "L1"

  /** Everything that the MAC covers, in an encoding that no other entry has. */
  byte[] canon() {
    List<byte[]> words =
        List.of(note.actor(), note.object(), note.reason(), once).stream()
            .map(it -> it.getBytes(StandardCharsets.UTF_8))
            .toList();
    int size = words.stream().mapToInt(it -> Integer.BYTES + it.length).sum();
    ByteBuffer bytes = ByteBuffer.allocate(40 + size).putShort(FORM);
    bytes.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
    bytes.putInt(place.segment()).putLong(place.seq()).putLong(at.toEpochMilli());
    bytes.put(note.action().id()).put(note.outcome().id());
    words.forEach(it -> bytes.putInt(it.length).put(it));
    return bytes.array();
  }

  @Override
  public String toString() {
    return "AuditEntry[" + place + "]";
  }
}
