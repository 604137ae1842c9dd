package dev.sotto.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.util.UUID;

/**
 * The associated data of sealed values and of wrapped keys: everything that makes their place. Each
 * part has a fixed width and its own position, and a mark tells the kinds apart, so that no two
 * places share an encoding.
 */
@Singleton
class Binding {
  private static final short VALUE = 0x5331; // "S1"
  private static final short KEY = 0x4B31; // "K1"
  private static final short TEXT = 0x5431; // "T1"
  private static final short ROOT = 0x5231; // "R1"
  private static final short CHAIN = 0x4131; // "A1"
  private static final short MOVE = 0x4D31; // "M1"

  private final Provider<BlindIndexes> indexes;

  Binding(Provider<BlindIndexes> indexes) {
    this.indexes = indexes;
  }

  /** Of a text outside of the databases. */
  byte[] ofText(SealedTexts.Use use, String name) {
    byte[] last = name.getBytes(UTF_8);
    return ByteBuffer.allocate(Short.BYTES + 1 + last.length)
        .putShort(TEXT)
        .put(use.id())
        .put(last)
        .array();
  }

  byte[] ofValue(UUID installation, Cell cell) {
    Scope scope = cell.scope();
    ByteBuffer bytes =
        ByteBuffer.allocate(74)
            .putShort(VALUE)
            .putShort(cell.field().tableId())
            .putShort(cell.field().columnId());
    put(bytes, installation, scope.workspace(), scope.id(), cell.row());
    return bytes.putInt(cell.version()).array();
  }

  byte[] ofKey(UUID installation, ScopeRow scope, int keyId) {
    ByteBuffer bytes = ByteBuffer.allocate(71).putShort(KEY).put(scope.kind().id());
    put(bytes, installation, scope.parentId(), scope.id());
    return bytes.put(indexes.get().fingerprint(scope.owner()).bytes()).putInt(keyId).array();
  }

  /** Of the value that proves a root key to be the right one. */
  byte[] ofProof(UUID installation) {
    ByteBuffer bytes = ByteBuffer.allocate(18).putShort(ROOT);
    put(bytes, installation);
    return bytes.array();
  }

  /** Of the first key of a segment of a chain. */
  byte[] ofChain(UUID installation, int segment) {
    ByteBuffer bytes = ByteBuffer.allocate(22).putShort(CHAIN);
    put(bytes, installation);
    return bytes.putInt(segment).array();
  }

  /** Of the address to which a root key leads. */
  byte[] ofMove(UUID installation) {
    ByteBuffer bytes = ByteBuffer.allocate(18).putShort(MOVE);
    put(bytes, installation);
    return bytes.array();
  }

  private static void put(ByteBuffer bytes, UUID... ids) {
    for (UUID id : ids) {
      bytes.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
    }
  }
}
