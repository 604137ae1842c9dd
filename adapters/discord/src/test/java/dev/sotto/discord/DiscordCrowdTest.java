package dev.sotto.discord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sotto.chat.Address;
import dev.sotto.chat.ChatEvent;
import dev.sotto.chat.LiveReply;
import dev.sotto.chat.Reply;
import dev.sotto.sandbox.discord.Rules;
import dev.sotto.sandbox.discord.Rules.Rate;
import dev.sotto.sandbox.side.View;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DiscordCrowdTest {
  private static final int REPLIES = Integer.getInteger("crowd", 300);

  @Test
  void losesAndDoublesNothingWhenAllAnswersStreamAtOnce() throws InterruptedException {
    try (Lab lab = new Lab(Rules.real().withRates(Rate.UNLIMITED, Rate.UNLIMITED)).connected()) {
      CountDownLatch all = new CountDownLatch(REPLIES);
      AtomicInteger finished = new AtomicInteger();
      lab.inbox.answerWith(event -> stream(lab, (ChatEvent.Message) event, all, finished));

      for (int i = 0; i < REPLIES; i++) {
        lab.mention("question " + i);
      }

      await().atMost(Duration.ofMinutes(4)).until(() -> finished.get() == REPLIES);
      List<String> said =
          lab.server
              .view(lab.person)
              .channel(lab.channel)
              .all()
              .filter(bubble -> bubble.author().bot())
              .map(View.Bubble::text)
              .toList();
      assertThat(said).hasSize(REPLIES).doesNotHaveDuplicates().allMatch(it -> it.endsWith("!"));
    }
  }

  /** Grows while everybody else does, and ends when all have begun. */
  private static void stream(
      Lab lab, ChatEvent.Message message, CountDownLatch all, AtomicInteger finished) {
    Address address = message.address();
    try (LiveReply reply =
        lab.connection.platform().open(Lab.target(message, List.of()), _ -> {})) {
      String text = "Answer to " + message.text();
      reply.show(text);
      all.countDown();
      for (int i = 0; i < 20 && !all.await(50, TimeUnit.MILLISECONDS); i++) {
        reply.show(text + " word".repeat(i));
      }
      all.await();
      reply.finish(Reply.of(text + "!"));
      assertThat(address.thread()).isPresent();
      finished.incrementAndGet();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
