package dev.sotto.sandbox.discord;

/**
 * A file of a message. It is fetched from the content network without a token: whoever knows the
 * signature in its address may read it.
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Attachment(
    long id, long channelId, String filename, String contentType, String signature, byte[] bytes) {

  static final String PATH = "/attachments/";

  /** Path and query of its address on this server. */
  String path() {
    return PATH + channelId + "/" + id + "/" + filename + "?ex=7fffffff&is=0&hm=" + signature;
  }

  @Override
  public String toString() {
    return "Attachment[" + bytes.length + " bytes]";
  }
}
