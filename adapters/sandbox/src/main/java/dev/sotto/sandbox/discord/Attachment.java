package dev.sotto.sandbox.discord;

import java.util.Arrays;
import java.util.Objects;

/**
 * A file of a message. It is fetched from the content network without a token: whoever knows the
 * signature in its address may read it.
 */
record Attachment(
    long id, long channelId, String filename, String contentType, String signature, byte[] bytes) {

  static final String PATH = "/attachments/";

  /** Path and query of its address on this server. */
  String path() {
    return PATH + channelId + "/" + id + "/" + filename + "?ex=7fffffff&is=0&hm=" + signature;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Attachment that && id == that.id && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Objects.hash(id);
  }

  @Override
  public String toString() {
    return "Attachment[" + bytes.length + " bytes]";
  }
}
