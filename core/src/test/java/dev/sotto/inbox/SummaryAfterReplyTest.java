package dev.sotto.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sotto.chat.Address;
import dev.sotto.chat.ChatEvent;
import dev.sotto.chat.ChatPlatform;
import dev.sotto.chat.LiveReply;
import dev.sotto.chat.Person;
import dev.sotto.chat.Platform;
import dev.sotto.chat.Reply;
import dev.sotto.chat.ReplyTarget;
import dev.sotto.chat.Workspace;
import dev.sotto.model.ScriptedProvider;
import io.micronaut.context.ApplicationContext;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SummaryAfterReplyTest {
  private static final Workspace TEAM = new Workspace(Platform.SLACK, "T1");
  private static final Address PLACE =
      new Address(TEAM, Address.Kind.CHANNEL, "C1", Optional.of("100.1"));
  private static final String YAML =
      """
      id: wine
      name: Wine
      model: openai/m
      instructions: Be kind.
      memory: {window: 1, summary: true}
      """;

  @TempDir private Path folder;
  private final Room room = new Room();

  @Test
  void showsTheReplyBeforeTheSummaryIsMade() {
    List<String> shownBefore = new ArrayList<>();
    try (var provider = new ScriptedProvider(folder);
        var context = ApplicationContext.run(provider.settings(folder, YAML))) {
      provider.thenSays("one").thenSays("two");
      provider.thenSaysAfter(() -> shownBefore.addAll(room.finished), "NOTED").thenSays("three");
      DurableInbox inbox = context.getBean(DurableInbox.class);
      inbox.start(List.of(room));

      inbox.accept(message("m1"));
      inbox.accept(message("m2"));
      inbox.accept(message("m3"));

      await().until(() -> room.finished.size() == 3 && provider.questions().size() == 5);
      inbox.close();
      assertThat(shownBefore).containsExactly("one", "two");
      assertThat(room.finished).containsExactly("one", "two", "three");
      assertThat(provider.questions().get(3)).contains("NOTED");
    }
  }

  private static ChatEvent.Message message(String id) {
    return new ChatEvent.Message(
        id, PLACE, new Person(TEAM, "U1"), Instant.now(), id, "hello", true);
  }

  /** A platform in memory. */
  private static final class Room implements ChatPlatform {
    private final List<String> finished = new CopyOnWriteArrayList<>();

    @Override
    public Platform platform() {
      return Platform.SLACK;
    }

    @Override
    public LiveReply open(ReplyTarget target, Consumer<String> shown) {
      return new LiveReply() {
        @Override
        public void show(String text) {}

        @Override
        public void finish(Reply reply) {
          finished.add(reply.text());
        }

        @Override
        public void close() {}
      };
    }

    @Override
    public LiveReply open(ChatEvent.Command command) {
      throw new UnsupportedOperationException("nobody commands here");
    }

    @Override
    public Optional<PlaceName> name(Address address) {
      return Optional.empty();
    }
  }
}
