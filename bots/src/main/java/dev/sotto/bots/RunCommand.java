package dev.sotto.bots;

import dev.sotto.crypto.Keys;
import io.micronaut.context.ApplicationContext;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import picocli.CommandLine.Command;

/** {@code run}: connects to the platforms whose tokens are set, until it is told to stop. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = "Connect to the platforms whose tokens are set, and stay in the foreground.")
final class RunCommand implements Callable<Integer> {

  @Override
  public Integer call() throws InterruptedException {
    return stay(Map.of(), _ -> {});
  }

  /**
   * Runs until SIGTERM or SIGINT.
   *
   * @param connected told once, when every platform that can be is connected
   */
  static int stay(Map<String, Object> overrides, Consumer<ApplicationContext> connected)
      throws InterruptedException {
    CountDownLatch stopped = new CountDownLatch(1);
    ApplicationContext context = Installation.open(overrides);
    Bots bots = context.getBean(Bots.class);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  bots.stop();
                  context.findBean(Management.class).ifPresent(Management::close);
                  context.getBean(BackupDesk.class).close();
                  context.close();
                  stopped.countDown();
                },
                "stop"));
    FirstStart.tell(context.getBean(Keys.class), System.out);
    BackupDesk desk = context.getBean(BackupDesk.class);
    desk.open();
    context.findBean(Management.class).ifPresent(it -> it.open(System.out));
    bots.start(System.out);
    connected.accept(context);
    System.out.println("sotto: running; stop with Ctrl-C");
    stopped.await();
    return 0;
  }
}
