package dev.sotto.backup;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes rows into a stream; each table ends with its count, and everything with the whole. */
final class ContentWriter implements Content {
  static final int FORMAT = 1;
  static final byte ROW = 1;
  static final byte TABLE = 2;
  static final byte END = 3;
  static final byte NULL = 0;
  static final byte ID = 1;
  static final byte INT = 2;
  static final byte LONG = 3;
  static final byte BOOLEAN = 4;
  static final byte WORD = 5;
  static final byte BYTES = 6;
  static final byte INSTANT = 7;

  private final DataOutputStream out;
  private long rows;

  ContentWriter(DataOutputStream out) {
    this.out = out;
  }

  @Override
  public void begin(String version) {
    act(() -> {
      out.writeInt(FORMAT);
      out.writeUTF(version);
    });
  }

  @Override
  public void table(String name, List<String> columns) {
    act(() -> {
      out.writeByte(TABLE);
      out.writeUTF(name);
      out.writeShort(columns.size());
      for (String column : columns) {
        out.writeUTF(column);
      }
    });
  }

  @Override
  public void row(@Nullable Object[] values) {
    rows++;
    act(() -> {
      out.writeByte(ROW);
      for (Object value : values) {
        write(value);
      }
    });
  }

  @Override
  public void end() {
    act(() -> {
      out.writeByte(END);
      out.writeLong(rows);
    });
  }

  long rows() {
    return rows;
  }

  private void write(@Nullable Object value) throws IOException {
    switch (value) {
      case null -> out.writeByte(NULL);
      case UUID id -> {
        out.writeByte(ID);
        out.writeLong(id.getMostSignificantBits());
        out.writeLong(id.getLeastSignificantBits());
      }
      case Integer number -> {
        out.writeByte(INT);
        out.writeInt(number);
      }
      case Long number -> {
        out.writeByte(LONG);
        out.writeLong(number);
      }
      case Boolean yes -> {
        out.writeByte(BOOLEAN);
        out.writeBoolean(yes);
      }
      case String word -> bytes(WORD, word.getBytes(UTF_8));
      case byte[] bytes -> bytes(BYTES, bytes);
      case Instant instant -> {
        out.writeByte(INSTANT);
        out.writeLong(instant.getEpochSecond());
        out.writeInt(instant.getNano());
      }
      default -> throw new BackupException("no backup holds a " + value.getClass().getName());
    }
  }

  private void bytes(byte kind, byte[] bytes) throws IOException {
    out.writeByte(kind);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private interface Writing {
    void write() throws IOException;
  }

  private static void act(Writing writing) {
    try {
      writing.write();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
