package dev.sotto.bots;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line. What goes wrong is said in one line; a stack trace is for our own bugs. */
@Command(
    name = "bots/sotto",
    mixinStandardHelpOptions = true,
    version = "Sotto 0.1.0",
    description = "AI assistants inside Slack and Discord, with sealed memory.",
    subcommands = {
      RunCommand.class,
      SandboxCommand.class,
      ChatCommand.Keys.class,
      ChatCommand.Assistants.class,
      PrivacyCommand.class,
      DoctorCommand.class,
      TrainCommand.class
    })
public final class Main implements Runnable {
  /** Ends the process with 0, with 1 when something failed, with 2 for wrong usage. */
  static void main(String[] arguments) {
    LogLimit.install();
    int status =
        new CommandLine(new Main())
            .setExecutionExceptionHandler((failure, commandLine, _) -> {
              commandLine.getErr().println("sotto: " + Failures.line(failure));
              return CommandLine.ExitCode.SOFTWARE;
            })
            .execute(arguments);
    System.exit(status);
  }

  @Override
  public void run() {
    CommandLine.usage(this, System.out);
  }
}
