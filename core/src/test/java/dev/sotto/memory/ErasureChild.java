package dev.sotto.memory;

import dev.sotto.chat.Person;
import dev.sotto.chat.Platform;
import dev.sotto.chat.Workspace;
import dev.sotto.crypto.ErasureCrashPoints;
import io.micronaut.context.ApplicationContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/** A process that erases a person of Slack's T1, and is killed meanwhile. */
final class ErasureChild {
  private ErasureChild() {}

  static void main(String[] arguments) throws Exception {
    Properties properties = new Properties();
    try (var in = Files.newInputStream(Path.of(arguments[0]))) {
      properties.load(in);
    }
    Map<String, Object> settings = new HashMap<>();
    properties.forEach((key, value) -> settings.put(key.toString(), value));
    try (ApplicationContext context = ApplicationContext.run(settings)) {
      Erasure erasure = context.getBean(Erasure.class);
      System.out.println("ready");
      Workspace team = new Workspace(Platform.SLACK, "T1");
      erasure.person(
          new Person(team, arguments[1]), (_, _) -> ErasureCrashPoints.reached(context, "batch"));
    }
  }
}
