package dev.sotto.bots;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/security.md} promises nothing that no test backs, and names no test that is gone. */
class SecurityDocumentTest {
  private static final Pattern NAMED = Pattern.compile("`(\\w+Test)(?:\\.(\\w+))?`");
  private static final String PROMISES_END = "## What stays visible";

  @Test
  void everyPromiseNamesATest() throws IOException {
    assertThat(unbacked(document())).isEmpty();
    assertThat(unbacked("| a promise | nobody |\n")).hasSize(1);
  }

  @Test
  void everyNamedTestExists() throws IOException {
    assertThat(missing(document())).isEmpty();
    assertThat(missing("`SecurityDocumentTest.isNotThere` and `NobodysTest`")).hasSize(2);
  }

  private static String document() throws IOException {
    return Files.readString(Installation.HOME.resolve("docs/security.md"));
  }

  private static List<String> unbacked(String document) {
    return document
        .split(PROMISES_END, 2)[0]
        .lines()
        .filter(it -> it.startsWith("| ") && !it.startsWith("| What") && !it.startsWith("| ---"))
        .filter(it -> !NAMED.matcher(it).find())
        .toList();
  }

  private static List<String> missing(String document) throws IOException {
    Map<String, String> tests = tests();
    return NAMED
        .matcher(document)
        .results()
        .filter(it -> !exists(it, tests))
        .map(MatchResult::group)
        .toList();
  }

  private static boolean exists(MatchResult named, Map<String, String> tests) {
    String source = tests.getOrDefault(named.group(1), "");
    String method = named.group(2);
    return method == null ? !source.isEmpty() : source.contains(" " + method + "(");
  }

  /** The source of every test, by its name. */
  private static Map<String, String> tests() throws IOException {
    try (Stream<Path> files = Files.walk(Installation.HOME)) {
      return files
          .filter(it -> it.toString().contains("/src/test/java/"))
          .filter(it -> it.toString().endsWith("Test.java"))
          .collect(
              Collectors.toMap(
                  it -> it.getFileName().toString().replace(".java", ""),
                  SecurityDocumentTest::source,
                  String::concat));
    }
  }

  private static String source(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
