package dev.sotto.sandbox.page;

import com.microsoft.playwright.Browser;
import dev.sotto.sandbox.Sandbox;
import dev.sotto.sandbox.discord.DiscordServer;
import dev.sotto.sandbox.slack.SlackServer;
import dev.sotto.sandbox.slack.SlackTiming;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A sandbox with both platforms, a bot on each, a page, and the windows opened on it. */
final class Office implements AutoCloseable {
  final SlackServer slack = new SlackServer(SlackTiming.compressed());
  final DiscordServer discord = new DiscordServer();
  final Page page;
  final Sandbox sandbox;
  final SlackBot slackBot;
  final DiscordBot discordBot;
  private final Browser browser;
  private final List<Visitor> visitors = new ArrayList<>();
  private final List<String> forgiven = new ArrayList<>();

  Office(Browser browser, Optional<Disk> disk) {
    this.browser = browser;
    page = new Page(new SecureRandom(), disk);
    sandbox = Sandbox.start(0, page, slack, discord);
    slackBot = new SlackBot(sandbox, slack);
    discordBot = new DiscordBot(sandbox, discord);
  }

  /** A new window, in a browser session of its own. */
  Visitor visit() {
    return visit(1280, 800);
  }

  Visitor visit(int width, int height) {
    Visitor visitor = new Visitor(browser, page.address(sandbox.url()), width, height);
    visitors.add(visitor);
    visitor.arrive();
    return visitor;
  }

  /** What went wrong in any window: errors on the console, and requests to other hosts. */
  List<String> complaints() {
    return visitors.stream()
        .flatMap(visitor -> visitor.complaints().stream())
        .filter(complaint -> forgiven.stream().noneMatch(complaint::contains))
        .toList();
  }

  /** The browser itself complains about this, and the test has brought it about. */
  void forgive(String part) {
    forgiven.add(part);
  }

  @Override
  public void close() {
    visitors.forEach(Visitor::close);
    sandbox.close();
  }
}
