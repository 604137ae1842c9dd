package dev.sotto.bots;

import dev.sotto.assistant.Assistant;
import dev.sotto.assistant.Assistants;
import dev.sotto.chat.Address;
import dev.sotto.chat.Person;
import dev.sotto.chat.Platform;
import dev.sotto.chat.Workspace;
import dev.sotto.crypto.Progress;
import dev.sotto.crypto.Receipt;
import dev.sotto.crypto.Shredder;
import dev.sotto.memory.ConversationKey;
import dev.sotto.memory.Erasure;
import io.micronaut.context.ApplicationContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code privacy}: erases for good, and proves it. */
@Command(
    name = "privacy",
    mixinStandardHelpOptions = true,
    description = "Erase a person, a conversation or a workspace for good, and prove it.",
    subcommands = {
      PrivacyCommand.Erase.class,
      PrivacyCommand.Receipts.class,
      PrivacyCommand.Key.class,
      PrivacyCommand.Verify.class
    })
final class PrivacyCommand implements Runnable {

  @Override
  public void run() {
    CommandLine.usage(this, System.out);
  }

  /** {@code privacy erase}. */
  @Command(
      name = "erase",
      mixinStandardHelpOptions = true,
      description = "Destroy the keys of whom you name, then delete what they sealed.",
      subcommands = {OnePerson.class, OneConversation.class, OneWorkspace.class})
  static final class Erase implements Runnable {
    @Override
    public void run() {
      CommandLine.usage(this, System.out);
    }
  }

  /** What the three have in common: a question, a bar, a receipt. */
  abstract static class Erasing implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "WORKSPACE", description = "Such as slack:T1.")
    private String workspace = "";

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    @Option(
        names = "--receipt",
        paramLabel = "FILE",
        description = "A new file for the receipt, for your eyes only (0600); else it is printed.")
    private @Nullable Path file;

    /** Says in a few words what goes. */
    abstract String what();

    abstract Optional<Receipt> erase(
        ApplicationContext context, Workspace workspace, Progress progress);

    @Override
    public Integer call() throws IOException {
      Workspace of = workspace(workspace);
      if (file != null && Files.exists(file)) {
        throw new IllegalArgumentException(
            "--receipt: " + file + " exists already; name a new file");
      }
      if (!yes && !Terminal.confirms("Erase " + what() + " of " + workspace + " for good?")) {
        System.err.println("sotto: nothing was erased");
        return 1;
      }
      try (ApplicationContext context = Installation.open(Map.of());
          ProgressBar bar = ProgressBar.of("Erasure")) {
        Optional<Receipt> receipt = erase(context, of, bar);
        bar.close();
        if (receipt.isEmpty()) {
          System.err.println("sotto: nothing is kept of " + what() + " in " + workspace);
          return 1;
        }
        Terminal.keep(receipt.get().json() + "\n", file);
        return 0;
      }
    }

    private static Workspace workspace(String key) {
      String[] parts = key.split(":", 2);
      for (Platform platform : Platform.values()) {
        if (parts.length == 2 && platform.key().equals(parts[0]) && !parts[1].isBlank()) {
          return new Workspace(platform, parts[1]);
        }
      }
      throw new IllegalArgumentException(
          "WORKSPACE has to be the platform and its id, such as slack:T1 or discord:123");
    }
  }

  /** {@code privacy erase person}. */
  @Command(
      name = "person",
      mixinStandardHelpOptions = true,
      description = "All that a person wrote in a workspace, and the answers.")
  static final class OnePerson extends Erasing {
    @Parameters(index = "1", paramLabel = "PERSON", description = "The platform's id, such as U1.")
    private String person = "";

    @Override
    String what() {
      return "person " + person;
    }

    @Override
    Optional<Receipt> erase(ApplicationContext context, Workspace workspace, Progress progress) {
      return context.getBean(Erasure.class).person(new Person(workspace, person), progress);
    }
  }

  /** {@code privacy erase conversation}. */
  @Command(
      name = "conversation",
      mixinStandardHelpOptions = true,
      description = "What an assistant remembers of one place, by whomever it was said.")
  static final class OneConversation extends Erasing {
    @Parameters(index = "1", paramLabel = "ASSISTANT", description = "As assistant list names it.")
    private String assistant = "";

    @Parameters(
        index = "2",
        paramLabel = "PLACE",
        description =
            "The id of the channel; of the person, if the assistant's memory follows one.")
    private String place = "";

    @Parameters(
        index = "3",
        arity = "0..1",
        paramLabel = "THREAD",
        description = "The id of the thread.")
    private @Nullable String thread;

    @Override
    String what() {
      return "the conversation with " + assistant + " in " + place;
    }

    @Override
    Optional<Receipt> erase(ApplicationContext context, Workspace workspace, Progress progress) {
      Assistant found =
          context
              .getBean(Assistants.class)
              .find(assistant)
              .orElseThrow(() ->
                  new IllegalArgumentException(
                      "there is no assistant '"
                          + assistant
                          + "'; say `bots/sotto assistant list`"));
      Address address =
          new Address(workspace, Address.Kind.CHANNEL, place, Optional.ofNullable(thread));
      ConversationKey key = ConversationKey.of(found, address, new Person(workspace, place));
      return context.getBean(Erasure.class).conversation(key, progress);
    }
  }

  /** {@code privacy erase workspace}. */
  @Command(
      name = "workspace",
      mixinStandardHelpOptions = true,
      description = "Everything of a workspace: people, conversations, bindings.")
  static final class OneWorkspace extends Erasing {
    @Override
    String what() {
      return "everything";
    }

    @Override
    Optional<Receipt> erase(ApplicationContext context, Workspace workspace, Progress progress) {
      return context.getBean(Erasure.class).workspace(workspace.key(), progress);
    }
  }

  /** {@code privacy receipts}: completes what was cut off, and prints all receipts. */
  @Command(
      name = "receipts",
      mixinStandardHelpOptions = true,
      description = "Complete erasures that were cut off, and print the receipts of all.")
  static final class Receipts implements Callable<Integer> {
    @Override
    public Integer call() {
      try (ApplicationContext context = Installation.open(Map.of());
          ProgressBar bar = ProgressBar.of("Erasure")) {
        context.getBean(Erasure.class).resume(bar);
        bar.close();
        context.getBean(Shredder.class).receipts().forEach(it -> System.out.println(it.json()));
        return 0;
      }
    }
  }

  /** {@code privacy key}: prints what verifies receipts. */
  @Command(
      name = "key",
      mixinStandardHelpOptions = true,
      description = "Print the public key that verifies receipts, in PEM.")
  static final class Key implements Callable<Integer> {
    @Override
    public Integer call() {
      try (ApplicationContext context = Installation.open(Map.of())) {
        System.out.print(context.getBean(Shredder.class).publicKey());
        return 0;
      }
    }
  }

  /** {@code privacy verify}: needs nothing of this installation. */
  @Command(
      name = "verify",
      mixinStandardHelpOptions = true,
      description = "Say whether a receipt is genuine. Needs no database and no network.")
  static final class Verify implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "RECEIPT", description = "The file of the receipt.")
    private Path receipt = Path.of("");

    @Option(
        names = "--key",
        required = true,
        paramLabel = "FILE",
        description = "The public key in PEM, as privacy key printed it.")
    private Path key = Path.of("");

    @Override
    public Integer call() {
      boolean genuine = Receipt.verify(Terminal.read(receipt), Terminal.read(key));
      System.out.println(genuine ? "genuine" : "refused: altered, or signed by another key");
      return genuine ? 0 : 1;
    }
  }
}
