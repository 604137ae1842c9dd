package dev.sotto.sandbox.side;

/**
 * A file that somebody sends.
 *
 * @param type its media type
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Upload(String name, String type, byte[] content) {

  /** The most bytes that a file may have. */
  public static final int LIMIT = 10 * 1024 * 1024;

  public Upload {
    if (content.length > LIMIT) {
      throw new IllegalArgumentException("a file has at most " + LIMIT + " bytes");
    }
    content = content.clone();
  }

  @Override
  public byte[] content() {
    return content.clone();
  }
}
