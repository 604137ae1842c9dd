package dev.sotto.bots;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line. What goes wrong is said in one line; a stack trace is for our own bugs. */
@Command(
    name = "bots/sotto",
    mixinStandardHelpOptions = true,
    version = "Sotto " + Main.VERSION,
    description = "AI assistants inside Slack and Discord, with sealed memory.",
    subcommands = {
      RunCommand.class,
      SandboxCommand.class,
      ChatCommand.Keys.class,
      ChatCommand.Assistants.class,
      ChatCommand.Audit.class,
      PrivacyCommand.class,
      DoctorCommand.class,
      SecretsCommand.class,
      BackupCommand.class,
      RestoreCommand.class,
      TrainCommand.class
    })
public final class Main implements Runnable {
  static final String VERSION = "0.1.0";

  /** Ends the process with 0, with 1 when something failed, with 2 for wrong usage. */
  static void main(String[] arguments) {
    LogLimit.install();
    System.exit(execute(arguments));
  }

  private static int execute(String... arguments) {
    try {
      SecretRules.checkArguments(arguments);
    } catch (IllegalArgumentException e) {
      System.err.println("sotto: " + e.getMessage());
      return CommandLine.ExitCode.USAGE;
    }
    return new CommandLine(new Main())
        .setExecutionExceptionHandler((failure, commandLine, _) -> {
          commandLine.getErr().println("sotto: " + Failures.line(failure));
          return CommandLine.ExitCode.SOFTWARE;
        })
        .execute(arguments);
  }

  @Override
  public void run() {
    CommandLine.usage(this, System.out);
  }
}
