package dev.sotto.sandbox.page;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Playwright;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * One Chromium of this machine for all tests; without one they are skipped, and one line says so.
 */
final class Chromium implements BeforeAllCallback, ParameterResolver {
  private static final String NONE =
      "Page tests skipped: no chromium, google-chrome or chrome on the PATH";
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "chrome");
  private static final List<String> FLAGS =
      List.of(
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync");

  private record Running(Optional<Playwright> playwright, Optional<Browser> browser)
      implements AutoCloseable {
    @Override
    public void close() {
      browser.ifPresent(Browser::close);
      playwright.ifPresent(Playwright::close);
    }
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    Assumptions.assumeTrue(running(context).browser().isPresent(), NONE);
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Browser.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return running(context).browser().orElseThrow();
  }

  private static Running running(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(Namespace.create(Chromium.class))
        .getOrComputeIfAbsent(Running.class, _ -> launch(), Running.class);
  }

  private static Running launch() {
    Optional<Path> program = find();
    if (program.isEmpty()) {
      System.out.println(NONE);
      return new Running(Optional.empty(), Optional.empty());
    }
    Playwright playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    LaunchOptions options =
        new LaunchOptions().setExecutablePath(program.orElseThrow()).setArgs(FLAGS);
    return new Running(Optional.of(playwright), Optional.of(playwright.chromium().launch(options)));
  }

  private static Optional<Path> find() {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Stream.of(path.split(Pattern.quote(File.pathSeparator)))
        .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
