package dev.sotto.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sotto.StoredContract;
import dev.sotto.chat.Address;
import dev.sotto.chat.ChatEvent;
import dev.sotto.chat.ChatPlatform;
import dev.sotto.chat.Inbox;
import dev.sotto.chat.LiveReply;
import dev.sotto.chat.Platform;
import dev.sotto.chat.Reply;
import dev.sotto.chat.ReplyTarget;
import dev.sotto.crypto.Field;
import dev.sotto.crypto.Scope;
import dev.sotto.memory.Erasure;
import dev.sotto.memory.Memory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A person is erased while a reply to them is thought of, shown, or finished. */
class ErasureWhileAnsweringTest extends StoredContract {
  private static final Instant NOON = Instant.parse("2126-05-04T12:00:00.123456Z");
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Address HALL = channel("C1");

  /** When it happens. */
  enum Moment {
    AS_IT_IS_OPENED,
    AS_SOMETHING_IS_SHOWN,
    AS_IT_IS_FINISHED,
    BESIDE_IT
  }

  @Override
  protected void beforeClose() {
    bean(DurableInbox.class).close();
  }

  @ParameterizedTest
  @EnumSource
  void nothingOfItIsKept(Moment moment) throws Exception {
    Scope scope = bean(Memory.class).scope(ADA);
    Stage stage = new Stage(moment, this::erase);
    bean(DurableInbox.class).start(List.of(stage));

    try (ExecutorService beside = Executors.newVirtualThreadPerTaskExecutor()) {
      accept("m0");
      if (moment == Moment.BESIDE_IT) {
        beside.submit(this::erase).get();
      }
      await().atMost(PATIENCE).untilTrue(stage.erased(moment));
    }
    await().atMost(PATIENCE).until(() -> open() == 0);

    for (Field field : Field.values()) {
      assertThat(
              count(
                  "default",
                  "select count(*) from " + field.table() + " where scope_id = ?",
                  scope.id()))
          .as(field.name())
          .isZero();
    }
    assertThat(bean(Memory.class).recallOf(ADA, 10).said()).isEmpty();
    assertThat(accept("m0")).isEqualTo(Inbox.Receipt.REPEATED);

    accept("m1");
    await().atMost(PATIENCE).until(() -> stage.finished.contains("m1"));
    await().atMost(PATIENCE).until(() -> open() == 0);
    assertThat(bean(Memory.class).recallOf(ADA, 10).said()).hasSize(2);
  }

  private long open() {
    return count("default", "select count(*) from inbox_event where body is not null");
  }

  private void erase() {
    bean(Erasure.class).person(ADA, (_, _) -> {});
  }

  private Inbox.Receipt accept(String id) {
    return bean(DurableInbox.class)
        .accept(new ChatEvent.Message(id, HALL, ADA, NOON, id, "hello " + id, true));
  }

  /** A platform in memory, on which something happens at a moment of the first reply. */
  private static final class Stage implements ChatPlatform {
    private final Moment moment;
    private final Runnable act;
    private final AtomicBoolean done = new AtomicBoolean();
    private final List<String> finished = new CopyOnWriteArrayList<>();

    Stage(Moment moment, Runnable act) {
      this.moment = moment;
      this.act = act;
    }

    AtomicBoolean erased(Moment when) {
      return when == Moment.BESIDE_IT ? new AtomicBoolean(true) : done;
    }

    private void at(Moment now) {
      if (moment == now && done.compareAndSet(false, true)) {
        act.run();
      }
    }

    @Override
    public Platform platform() {
      return Platform.SLACK;
    }

    @Override
    public LiveReply open(ReplyTarget target, Consumer<String> shown) {
      at(Moment.AS_IT_IS_OPENED);
      return new LiveReply() {
        @Override
        public void show(String text) {
          shown.accept("note on " + target.messageId());
          at(Moment.AS_SOMETHING_IS_SHOWN);
        }

        @Override
        public void finish(Reply reply) {
          at(Moment.AS_IT_IS_FINISHED);
          finished.add(target.messageId());
        }

        @Override
        public void close() {}
      };
    }

    @Override
    public LiveReply open(ChatEvent.Command command) {
      throw new IllegalStateException("nobody gives a command here");
    }

    @Override
    public Optional<PlaceName> name(Address address) {
      return Optional.empty();
    }
  }
}
