package dev.sotto.backup;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.DataInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads what {@link ContentWriter} wrote, to the last byte. */
final class ContentReader {
  private static final int LONGEST = 64 << 20;

  private final DataInputStream in;
  private long rows;

  ContentReader(DataInputStream in) {
    this.in = in;
  }

  /**
   * Hands everything on and returns the number of rows.
   *
   * @throws IOException it does not verify, or is not whole
   */
  long into(Content content) throws IOException {
    if (in.readInt() != ContentWriter.FORMAT) {
      throw new BackupException("the backup has a form that this version does not know");
    }
    content.begin(in.readUTF());
    int columns = 0;
    for (byte next = in.readByte(); next != ContentWriter.END; next = in.readByte()) {
      if (next == ContentWriter.TABLE) {
        columns = table(content);
      } else {
        rows++;
        content.row(row(columns));
      }
    }
    if (in.readLong() != rows || in.read() >= 0) {
      throw new IOException("the rows are not all there");
    }
    content.end();
    return rows;
  }

  private int table(Content content) throws IOException {
    String name = in.readUTF();
    List<String> columns = new ArrayList<>();
    for (int left = in.readUnsignedShort(); left > 0; left--) {
      columns.add(in.readUTF());
    }
    content.table(name, columns);
    return columns.size();
  }

  private @Nullable Object[] row(int columns) throws IOException {
    @Nullable Object[] values = new @Nullable Object[columns];
    for (int i = 0; i < columns; i++) {
      values[i] = value();
    }
    return values;
  }

  private @Nullable Object value() throws IOException {
    return switch (in.readByte()) {
      case ContentWriter.NULL -> null;
      case ContentWriter.ID -> new UUID(in.readLong(), in.readLong());
      case ContentWriter.INT -> in.readInt();
      case ContentWriter.LONG -> in.readLong();
      case ContentWriter.BOOLEAN -> in.readBoolean();
      case ContentWriter.WORD -> new String(bytes(), UTF_8);
      case ContentWriter.BYTES -> bytes();
      case ContentWriter.INSTANT -> Instant.ofEpochSecond(in.readLong(), in.readInt());
      default -> throw new IOException("an unknown kind of value");
    };
  }

  private byte[] bytes() throws IOException {
    int length = in.readInt();
    if (length < 0 || length > LONGEST) {
      throw new IOException("a value is too long");
    }
    byte[] bytes = new byte[length];
    in.readFully(bytes);
    return bytes;
  }
}
