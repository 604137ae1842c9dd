package dev.sotto;

import dev.sotto.crypto.Keys;
import dev.sotto.crypto.Vault;
import io.micronaut.context.ApplicationContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Loads what the children of the tests load: the product on a database of its own. */
final class Rehearsal {
  private Rehearsal() {}

  static void main(String[] arguments) throws IOException {
    Path folder = Files.createTempDirectory(ChildJvm.FOLDER, "rehearsal");
    Map<String, Object> properties = TestDatabases.h2(folder.resolve("data"));
    properties.put("sotto.root-key", "file:" + folder.resolve("safe/root.key"));
    properties.put("sotto.data-directory", folder.resolve("data").toString());
    try (ApplicationContext context = ApplicationContext.run(properties)) {
      context.getBean(Vault.class).person("slack:T1", "U1");
      context.getBean(Keys.class).rotate((_, _) -> {});
    }
  }
}
