package dev.sotto.chat;

/**
 * One bot's connection to its platform, kept up by its adapter for as long as the process lives.
 */
public interface Connection extends AutoCloseable {

  ChatPlatform platform();

  /**
   * Connects, and returns when events flow.
   *
   * @throws ConnectionException it never will without a mend by the operator: a bad token, a
   *     missing scope or intent. What may pass by itself (an unreachable platform) is tried again
   *     for ever
   */
  void connect(Inbox inbox, CommandCatalogue commands);

  /** Whether events flow now. */
  boolean connected();

  /** One line for people: what it is connected to, without ids or names. */
  String description();

  /** Takes no more events and closes the sockets, within 2 seconds. */
  @Override
  void close();
}
