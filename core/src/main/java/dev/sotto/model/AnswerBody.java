package dev.sotto.model;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import okio.Buffer;
import okio.BufferedSource;

/**
 * The body of an answer, read line by line as it arrives; a line has at most 1 MiB and the body at
 * most 64 MiB.
 */
final class AnswerBody {
  private static final int MAX_LINE = 1 << 20;
  private static final int MAX_BYTES = 64 << 20;

  private final BufferedSource source;
  private long bytes;
  private long unfinished;

  AnswerBody(BufferedSource source) {
    this.source = source;
  }

  /** What could be read: whole lines, perhaps none, and whether the body is at its end. */
  record Lines(List<String> lines, boolean last) {}

  /**
   * Waits for the next bytes and returns the lines they finish.
   *
   * @throws java.net.SocketTimeoutException nothing came in time
   * @throws IOException the connection broke, or a limit is passed
   */
  Lines read(Duration patience) throws IOException {
    source.timeout().timeout(patience.toMillis(), TimeUnit.MILLISECONDS);
    boolean more = source.request(unfinished + 1);
    Buffer arrived = source.getBuffer();
    bytes += arrived.size() - unfinished;
    var lines = new ArrayList<String>();
    for (long end = arrived.indexOf((byte) '\n', unfinished);
        end >= 0;
        end = arrived.indexOf((byte) '\n')) {
      lines.add(line(arrived, end));
    }
    if (!more && arrived.size() > 0) {
      lines.add(arrived.readUtf8());
    }
    unfinished = arrived.size();
    if (unfinished > MAX_LINE || bytes > MAX_BYTES) {
      throw new IOException("too long");
    }
    return new Lines(lines, !more);
  }

  /** How many bytes came so far. */
  long bytes() {
    return bytes;
  }

  private static String line(Buffer arrived, long end) throws IOException {
    String line = arrived.readUtf8(end);
    arrived.skip(1);
    return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
  }
}
