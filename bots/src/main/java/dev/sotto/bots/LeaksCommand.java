package dev.sotto.bots;

import dev.sotto.bots.leaks.LeakCheck;
import dev.sotto.bots.leaks.LeakReport;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code audit leaks}: looks for what was said in everything that was written. Ends with 0 when
 * nothing is found and the control is, else with 1.
 */
@Command(
    name = "leaks",
    mixinStandardHelpOptions = true,
    description = {
      "Say unmistakable words to a copy of this program on Slack and Discord, kill it, crash it,",
      "and look for them in every byte it wrote. With --in, look in folders of your own for words",
      "that you give on standard input, one a line."
    })
final class LeaksCommand implements Callable<Integer> {
  /** Shorter words stand in any file by chance. */
  private static final int SHORTEST = 5;

  @Option(names = "--json", description = "One JSON document instead of lines.")
  private boolean json;

  @Option(names = "--in", paramLabel = "FOLDER", description = "Look here; may be given often.")
  private List<Path> folders = List.of();

  @Option(names = "--keep", description = "Leave what the copy wrote, and say where it is.")
  private boolean keep;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path temporary = Files.createTempDirectory("sotto-leaks");
    try {
      LeakReport report =
          folders.isEmpty()
              ? new LeakCheck(Installation.HOME, Main.class.getName(), LeaksCommand::progress)
                  .run(temporary)
              : LeakCheck.look(words(), readable(), temporary);
      System.out.println(json ? report.json() : report.text());
      return report.well() ? 0 : 1;
    } finally {
      if (keep) {
        progress("kept in " + temporary);
      } else {
        Folders.delete(temporary);
      }
    }
  }

  private static void progress(String line) {
    System.err.println("sotto: " + line);
  }

  private List<Path> readable() {
    for (Path folder : folders) {
      if (!Files.isReadable(folder)) {
        throw new IllegalArgumentException("--in: " + folder + " cannot be read");
      }
    }
    return folders;
  }

  private static List<String> words() throws IOException {
    progress("type words to look for, one a line; end with Ctrl-D");
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    List<String> words = in.lines().map(String::strip).filter(it -> !it.isEmpty()).toList();
    if (words.isEmpty() || words.stream().anyMatch(it -> it.length() < SHORTEST)) {
      throw new IllegalArgumentException(
          "give at least one word on standard input, each of at least " + SHORTEST + " letters");
    }
    return words;
  }
}
