package dev.sotto.sandbox.page;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** Somebody in front of a browser window. */
final class Visitor implements AutoCloseable {
  private static final Set<String> QUIET = Set.of("log", "info", "debug");

  private final URI address;
  private final BrowserContext context;
  private final com.microsoft.playwright.Page window;
  private final List<String> complaints = new CopyOnWriteArrayList<>();

  Visitor(Browser browser, URI address, int width, int height) {
    this.address = address;
    context =
        browser.newContext(
            new Browser.NewContextOptions()
                .setIgnoreHTTPSErrors(true)
                .setViewportSize(width, height));
    window = context.newPage();
    window.setDefaultTimeout(10_000);
    window.onConsoleMessage(message -> {
      if (!QUIET.contains(message.type())) {
        complaints.add("console: " + message.text());
      }
    });
    window.onPageError(error -> complaints.add("error: " + error));
    window.onRequest(request -> watch(request.url()));
    window.onWebSocket(socket -> watch(socket.url()));
  }

  private void watch(String url) {
    URI asked = URI.create(url);
    if (!"localhost".equals(asked.getHost()) || asked.getPort() != address.getPort()) {
      complaints.add("request to " + asked.getHost());
    }
  }

  void arrive() {
    window.navigate(address.toString());
    PlaywrightAssertions.assertThat(window.locator(".pane-body:not([inert])")).hasCount(2);
    PlaywrightAssertions.assertThat(window.locator(".link-state")).hasText("Live");
  }

  com.microsoft.playwright.Page window() {
    return window;
  }

  /** The pane of a platform, by its name. */
  Locator pane(String platform) {
    return window.locator("#pane-" + platform);
  }

  /** Where one writes: in the channel. */
  Locator field(String platform) {
    return pane(platform).locator(".room textarea[role=combobox]");
  }

  /** Where one writes: in the thread. */
  Locator reply(String platform) {
    return pane(platform).locator(".thread textarea[role=combobox]");
  }

  Locator messages(String platform) {
    return pane(platform).locator(".room .message");
  }

  Locator replies(String platform) {
    return pane(platform).locator(".thread .message");
  }

  Locator button(String platform, String name) {
    return pane(platform).getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name));
  }

  void become(String platform, String name) {
    pane(platform)
        .locator(".people")
        .getByRole(AriaRole.RADIO, new Locator.GetByRoleOptions().setName(name))
        .click();
  }

  void press(String... keys) {
    for (String key : keys) {
      window.keyboard().press(key);
    }
  }

  void type(String text) {
    window.keyboard().type(text);
  }

  List<String> complaints() {
    return List.copyOf(complaints);
  }

  @Override
  public void close() {
    context.close();
  }
}
