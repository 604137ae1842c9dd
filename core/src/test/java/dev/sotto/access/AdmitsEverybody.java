package dev.sotto.access;

import dev.sotto.chat.Person;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.util.List;

/** Access without its check, so that a test can see what it keeps out. */
@Singleton
@Replaces(Access.class)
@Requires(property = "twin", value = AdmitsEverybody.TWIN)
public class AdmitsEverybody extends Access {
  public static final String TWIN = "admits-everybody";

  AdmitsEverybody() {
    super(List.of());
  }

  @Override
  public boolean isAdministrator(Person person) {
    return true;
  }
}
