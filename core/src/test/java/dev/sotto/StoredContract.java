package dev.sotto;

import dev.sotto.chat.Address;
import dev.sotto.chat.Person;
import dev.sotto.chat.Platform;
import dev.sotto.chat.Workspace;
import io.micronaut.context.ApplicationContext;
import io.micronaut.inject.qualifiers.Qualifiers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The beans of the product on a database that outlives them: H2 files, or PostgreSQL. */
public abstract class StoredContract {
  protected static final Workspace ACME = new Workspace(Platform.SLACK, "T1");
  protected static final Person ADA = new Person(ACME, "U1");
  protected static final Person TOM = new Person(ACME, "U2");

  private final Map<String, Object> properties = new HashMap<>();
  @TempDir private Path folder;
  private ApplicationContext context;

  @BeforeEach
  void open() throws IOException {
    Path assistants = Files.createDirectories(folder.resolve("assistants"));
    for (String id : new String[] {"desk", "lab"}) {
      Files.writeString(
          assistants.resolve(id + ".yaml"),
          "id: %s\nname: %s\ninstructions: Help.\nmodel: demo/sotto\n".formatted(id, id));
    }
    properties.put("sotto.root-key", "file:" + folder.resolve("safe/root.key"));
    properties.put("sotto.data-directory", folder.resolve("data").toString());
    properties.put("sotto.assistants-directory", assistants.toString());
    properties.put("sotto.default-assistant", "desk");
    properties.put("sotto.access.admins", "slack:U2");
    properties.put("sotto.models.demo.pace", "0ms");
    properties.putAll(databases(folder.resolve("data")));
    context = ApplicationContext.run(properties);
  }

  @AfterEach
  void close() {
    beforeClose();
    context.close();
  }

  /** H2 files; a subclass may choose PostgreSQL, or set something else beside. */
  protected Map<String, Object> databases(Path data) {
    return TestDatabases.h2(data);
  }

  /** What the program does before its beans end. */
  protected void beforeClose() {}

  protected final <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  protected final <T> T bean(Class<T> type, String name) {
    return context.getBean(type, Qualifiers.byName(name));
  }

  /** Ends the beans and makes new ones, with nothing left in memory. */
  protected final void restart() {
    close();
    context = ApplicationContext.run(properties);
  }

  protected static Address channel(String id) {
    return new Address(ACME, Address.Kind.CHANNEL, id, Optional.empty());
  }

  protected static Address thread(String channel, String root) {
    return new Address(ACME, Address.Kind.CHANNEL, channel, Optional.of(root));
  }
}
