package dev.sotto.bots.leaks;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/**
 * Looks for secrets of at least 5 characters in every byte of a folder: in UTF-8, UTF-16, Latin-1,
 * hex, base64, JSON's and a URL's escapes, also inside what was packed with gzip, zlib or zip,
 * once. Files are read in blocks of 16 MiB that overlap; what is packed is followed for 32 MiB.
 */
public final class Scan {
  private static final int PREFIX = Integer.BYTES;
  private static final int TABLE_BITS = 20;
  private static final int MOST_UNPACKED = 32 * 1024 * 1024;
  private static final int ZIP_HEADER = 30;
  private static final int BLOCK = 16 * 1024 * 1024;
  private static final int OVERLAP = 64 * 1024;

  private final Map<Integer, List<Sought>> byPrefix = new HashMap<>();
  private final BitSet prefixes = new BitSet(1 << TABLE_BITS);

  public Scan(Collection<String> secrets) {
    secrets.forEach(
        secret -> Forms.of(secret).forEach((form, bytes) -> add(new Sought(secret, form, bytes))));
  }

  /** Where a secret was seen. */
  public record Find(Path file, String secret, String form) {
    @Override
    public String toString() {
      return file + " in " + form;
    }
  }

  private static final class Sought {
    private final String secret;
    private final String form;
    private final byte[] bytes;

    Sought(String secret, String form, byte[] bytes) {
      this.secret = secret;
      this.form = form;
      this.bytes = bytes;
    }

    Find in(Path file) {
      return new Find(file, secret, form);
    }

    boolean at(byte[] data, int offset) {
      int end = offset + bytes.length;
      return end <= data.length && Arrays.equals(data, offset, end, bytes, 0, bytes.length);
    }
  }

  private void add(Sought sought) {
    int prefix = prefix(sought.bytes, 0);
    prefixes.set(slot(prefix));
    byPrefix.computeIfAbsent(prefix, _ -> new ArrayList<>()).add(sought);
  }

  /** Every secret in every file below a folder, each form told once a file. */
  public Set<Find> in(Path folder) throws IOException {
    Set<Find> finds = new LinkedHashSet<>();
    for (Path file : files(folder)) {
      for (long from = 0; from == 0 || from < Files.size(file); from += BLOCK) {
        byte[] data = block(file, from);
        in(data).forEach(it -> finds.add(it.in(file)));
        for (byte[] unpacked : members(data)) {
          in(unpacked).forEach(it -> finds.add(it.in(file)));
        }
      }
    }
    return finds;
  }

  /** The files that {@link #in} reads. */
  static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  private static byte[] block(Path file, long from) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      in.skipNBytes(Math.min(from, Files.size(file)));
      return in.readNBytes(BLOCK + OVERLAP);
    }
  }

  private Set<Sought> in(byte[] data) {
    Set<Sought> finds = new LinkedHashSet<>();
    for (int i = 0; i + PREFIX <= data.length; i++) {
      int prefix = prefix(data, i);
      if (prefixes.get(slot(prefix))) {
        for (Sought sought : byPrefix.getOrDefault(prefix, List.of())) {
          if (sought.at(data, i)) {
            finds.add(sought);
          }
        }
      }
    }
    return finds;
  }

  private static List<byte[]> members(byte[] data) {
    List<byte[]> members = new ArrayList<>();
    for (int i = 0; i + PREFIX <= data.length; i++) {
      byte[] rest = unpacked(data, i);
      if (rest.length > 0) {
        members.add(rest);
      }
    }
    return members;
  }

  private static byte[] unpacked(byte[] data, int at) {
    int magic = prefix(data, at);
    if ((magic >>> 8) == 0x1f8b08) {
      return read(() -> new GZIPInputStream(from(data, at)));
    }
    if ((magic >>> 24) == 0x78 && (magic >>> 16) % 31 == 0) {
      return read(() -> new InflaterInputStream(from(data, at)));
    }
    if (magic == 0x504b0304 && at + ZIP_HEADER <= data.length) {
      int names = little(data, at + 26) + little(data, at + 28);
      return read(() ->
          new InflaterInputStream(
              from(data, Math.min(data.length, at + ZIP_HEADER + names)), new Inflater(true)));
    }
    return new byte[0];
  }

  @FunctionalInterface
  private interface Packed {
    InputStream open() throws IOException;
  }

  /** What can be read, up to where it ends or is no more of its kind. */
  private static byte[] read(Packed packed) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try (InputStream in = packed.open()) {
      byte[] some = new byte[8_192];
      for (int n = in.read(some); n > 0 && all.size() < MOST_UNPACKED; n = in.read(some)) {
        all.write(some, 0, n);
      }
    } catch (IOException _) {
      return all.toByteArray();
    }
    return all.toByteArray();
  }

  private static InputStream from(byte[] data, int at) {
    return new ByteArrayInputStream(data, at, data.length - at);
  }

  private static int little(byte[] data, int at) {
    return (data[at] & 0xff) | ((data[at + 1] & 0xff) << 8);
  }

  private static int prefix(byte[] data, int at) {
    return ByteBuffer.wrap(data).getInt(at);
  }

  private static int slot(int prefix) {
    return (prefix * 0x9e3779b9) >>> (Integer.SIZE - TABLE_BITS);
  }
}
