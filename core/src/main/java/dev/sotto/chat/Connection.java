package dev.sotto.chat;

import java.nio.file.Path;
import java.util.List;

/**
 * One bot's connection to its platform, kept up by its adapter for as long as the process lives.
 */
public interface Connection extends AutoCloseable {

  ChatPlatform platform();

  /**
   * Connects, and returns when events flow, or when another program is connected in this one's
   * stead, which takes over when that one ends.
   *
   * @throws ConnectionException it never will without a mend by the operator: a bad token, a
   *     missing scope or intent. What may pass by itself (an unreachable platform) is tried again
   *     for ever
   */
  void connect(Inbox inbox, CommandCatalogue commands);

  /**
   * Asks the platform, without connecting, whether it takes the tokens and grants what a bot wants.
   * Whatever is missing is a finding with its mend, and so is a platform that cannot be asked.
   * Never throws.
   *
   * @param config the folder of what an operator edits
   */
  List<Finding> examine(Path config);

  /** Whether events flow now. */
  boolean connected();

  /** One line for people: what it is connected to, without ids or names. */
  String description();

  /** Takes no more events and closes the sockets, within 2 seconds. */
  @Override
  void close();
}
