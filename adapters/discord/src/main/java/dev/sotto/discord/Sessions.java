package dev.sotto.discord;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import net.dv8tion.jda.api.JDA;
import org.jspecify.annotations.Nullable;

/** The sessions of this program that are connected just now, and what they have in their caches. */
final class Sessions {
  private final List<JDA> connected = new CopyOnWriteArrayList<>();

  void add(JDA session) {
    connected.add(session);
  }

  void remove(JDA session) {
    connected.remove(session);
  }

  /** What the first of them knows that knows it. */
  <T> Optional<T> find(Function<JDA, @Nullable T> question) {
    return connected.stream().map(question).filter(Objects::nonNull).findFirst();
  }

  Optional<JDA> any() {
    return connected.stream().findFirst();
  }

  long servers() {
    return connected.stream().mapToLong(it -> it.getGuildCache().size()).sum();
  }

  boolean none() {
    return connected.isEmpty();
  }
}
