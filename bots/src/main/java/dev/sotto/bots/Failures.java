package dev.sotto.bots;

import dev.sotto.chat.ConnectionException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.postgresql.util.PSQLException;

/** Finds the one line in a failure that names the thing and the mend. */
final class Failures {
  private static final int DEEPEST = 20;

  /** How H2 begins; it goes on with the file in quotes, if it knows it. */
  private static final Pattern IN_USE =
      Pattern.compile("Database may be already in use: (?:\"([^\"]{1,4000})\")?");

  /** How H2 begins when the password of a file is another. */
  private static final String WRONG_PASSWORD = "Encryption error in file";

  /** How Micronaut names a property whose value is of another kind than the program needs. */
  private static final Pattern UNUSABLE =
      Pattern.compile("Error resolving property value \\[\\$\\{([^:}\\]]{1,200})");

  private Failures() {}

  static String line(Throwable failure) {
    List<Throwable> causes = new ArrayList<>();
    for (Throwable it = failure; it != null && causes.size() < DEEPEST; it = it.getCause()) {
      causes.add(it);
    }
    return causes.stream()
        .map(Failures::known)
        .flatMap(Optional::stream)
        .findFirst()
        .orElseGet(() -> "failed with " + causes.getLast().getClass().getName());
  }

  /** Whether another process has the database. */
  static boolean inUse(Throwable failure) {
    Throwable it = failure;
    for (int deep = 0; it != null && deep < DEEPEST; deep++) {
      if (IN_USE.matcher(String.valueOf(it.getMessage())).find()) {
        return true;
      }
      it = it.getCause();
    }
    return false;
  }

  /** Ours are written for people; of others only those with a mend are told. */
  private static Optional<String> known(Throwable cause) {
    String message = String.valueOf(cause.getMessage());
    boolean ours =
        cause instanceof ConnectionException
            || cause.getClass().getName().startsWith("dev.sotto.")
            || (cause instanceof IllegalArgumentException && fromUs(cause));
    if (ours) {
      return Optional.of(message.lines().findFirst().orElse(""));
    }
    if (cause instanceof PSQLException refused && refused.getServerErrorMessage() == null) {
      return Optional.of("PostgreSQL: " + message.lines().findFirst().orElse("") + tls(refused));
    }
    if (message.startsWith(WRONG_PASSWORD)) {
      return Optional.of(
          EmbeddedFile.PASSWORD + " is not the one with which the embedded databases were made");
    }
    Matcher unusable = UNUSABLE.matcher(message);
    if (unusable.find()) {
      return Optional.of(
          unusable.group(1) + " is of the wrong kind: config/application.yml says what it may be");
    }
    return IN_USE.matcher(message).results().map(Failures::inUse).findFirst();
  }

  private static String inUse(MatchResult told) {
    return "the database in the data directory"
        + Optional.ofNullable(told.group(1)).map(it -> " (" + it + ")").orElse("")
        + " is in use by another process: stop that one first, or give the command in the chat";
  }

  private static String tls(Throwable refused) {
    boolean said = refused.getCause() instanceof SSLException;
    return said ? " (TLS 1.3 and a certificate for this host are needed)" : "";
  }

  private static boolean fromUs(Throwable cause) {
    return cause.getStackTrace().length > 0
        && cause.getStackTrace()[0].getClassName().startsWith("dev.sotto.");
  }
}
