package dev.sotto.bots.leaks;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;

/**
 * What a look must find, or it proves nothing: a word of its own in every form, packed, and in a
 * row of a database of the same kind that nobody sealed.
 */
final class Control {
  private final Path folder;
  private final String word;
  private int planted;

  private Control(Path folder, String word) {
    this.folder = folder;
    this.word = word;
  }

  /** Plants a new word in a folder. */
  static Control plant(Path folder) throws IOException {
    Control control = new Control(Files.createDirectories(folder), new Canaries().say("control"));
    String text = "so I said " + control.word + " to them";
    for (Map.Entry<String, byte[]> form : Forms.of(control.word).entrySet()) {
      control.plant("form-" + form.getKey(), form.getValue());
    }
    Path packed = control.folder.resolve("packed.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    ControlRows.write(control.folder.resolve("clear"), text);
    control.planted += 2;
    return control;
  }

  private void plant(String name, byte[] bytes) throws IOException {
    byte[] amid = new byte[bytes.length + 2];
    System.arraycopy(bytes, 0, amid, 1, bytes.length);
    Files.write(folder.resolve(name), amid);
    planted++;
  }

  /** In how many files it was planted. */
  int planted() {
    return planted;
  }

  /** In how many of them a look finds it. */
  int found() throws IOException {
    Set<Path> files =
        new Scan(Set.of(word)).in(folder).stream().map(Scan.Find::file).collect(Collectors.toSet());
    return files.size();
  }
}
