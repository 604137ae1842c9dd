package dev.sotto.chat;

/**
 * A reply while it grows. Until the first {@link #show} the platform shows the bot at work. Used by
 * one thread at a time.
 */
public interface LiveReply extends AutoCloseable {

  /**
   * Shows the whole text so far, as soon as the platform's limits allow; a newer text replaces one
   * not yet shown. Never blocks and never throws.
   */
  void show(String text);

  /**
   * Shows the reply as it stays and returns when the platform has taken all of it.
   *
   * @throws PlatformException the platform did not take it; {@link PlatformException#retryable()}
   *     says whether another attempt can help
   */
  void finish(Reply reply);

  /** Ends the signs of work and lets go of what is held; what was shown stays. */
  @Override
  void close();
}
