package dev.sotto.access;

import dev.sotto.chat.Person;
import dev.sotto.chat.Platform;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The administrators, from {@code sotto.access.admins} (for example {@code
 * slack:U123,discord:456}). Whoever can start the program at a terminal is one too.
 */
@Singleton
public class Access {
  private static final Pattern ADMIN = Pattern.compile("(slack|discord):[A-Za-z0-9]+");

  private final Set<String> admins;

  Access(@Value("${sotto.access.admins:}") List<String> admins) {
    this.admins =
        admins.stream()
            .map(String::strip)
            .filter(it -> !it.isEmpty())
            .map(Access::checked)
            .collect(Collectors.toUnmodifiableSet());
  }

  /** Whether a person may administer this installation. */
  public boolean isAdministrator(Person person) {
    Platform platform = person.workspace().platform();
    return platform == Platform.TERMINAL || admins.contains(platform.key() + ":" + person.id());
  }

  private static String checked(String admin) {
    if (!ADMIN.matcher(admin).matches()) {
      throw new IllegalArgumentException(
          "sotto.access.admins: an entry is not of the form slack:U123 or discord:456");
    }
    return admin;
  }
}
