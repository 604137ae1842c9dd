package dev.sotto.conversation;

import dev.sotto.TestClock;
import dev.sotto.chat.Address;
import dev.sotto.chat.ChatEvent;
import dev.sotto.chat.Person;
import dev.sotto.chat.Platform;
import dev.sotto.chat.Workspace;
import dev.sotto.command.Commands;
import dev.sotto.memory.Memory;
import io.micronaut.context.ApplicationContext;
import io.micronaut.inject.qualifiers.Qualifiers;
import io.micronaut.jdbc.DataSourceResolver;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** The whole core without a platform: people talk to its conversations, and are remembered. */
final class Talk implements AutoCloseable {
  static final Workspace TEAM = new Workspace(Platform.SLACK, "T1");
  static final Person ADA = new Person(TEAM, "U1");
  static final Person BOB = new Person(TEAM, "U2");
  static final Address PLACE = new Address(TEAM, Address.Kind.CHANNEL, "C1", Optional.of("100.1"));

  static final Address OTHER_PLACE =
      new Address(TEAM, Address.Kind.CHANNEL, "C1", Optional.of("200.1"));

  private static final AtomicInteger COUNT = new AtomicInteger();

  final TestClock clock;
  final ApplicationContext context;

  Talk(TestClock clock, Map<String, Object> settings) {
    this.clock = clock;
    this.context = ApplicationContext.builder(settings).singletons(clock).start();
  }

  /** Says it, remembers the answer as the inbox does, and returns it. */
  String say(Person person, String text) {
    return say(person, text, "m" + COUNT.incrementAndGet());
  }

  String say(Person person, String text, String messageId) {
    return say(person, text, messageId, PLACE);
  }

  String say(Person person, String text, String messageId, Address place) {
    var message =
        new ChatEvent.Message(messageId, place, person, clock.instant(), messageId, text, true);
    Conversations conversations = context.getBean(Conversations.class);
    Answer answer = conversations.answer(message, _ -> Optional.empty(), _ -> {});
    answer.exchange().ifPresent(it -> memory().remember(it, memory().scope(person)));
    conversations.settle(message, _ -> Optional.empty());
    return answer.reply().text();
  }

  /** What a command answers to a person alone. */
  String command(Person person, String line) {
    var command =
        new ChatEvent.Command(
            "c" + COUNT.incrementAndGet(), PLACE, person, clock.instant(), line, "");
    return context
        .getBean(Commands.class)
        .run(command, _ -> Optional.empty(), _ -> {})
        .reply()
        .text();
  }

  /** The first column of the first row, around everything of ours. */
  Object query(String sql) {
    try (Connection connection = connection();
        PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet result = statement.executeQuery()) {
      result.next();
      return result.getObject(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  int update(String sql) {
    try (Connection connection = connection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      return statement.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private Connection connection() throws SQLException {
    DataSource source = context.getBean(DataSource.class, Qualifiers.byName("default"));
    return context.getBean(DataSourceResolver.class).resolve(source).getConnection();
  }

  Memory memory() {
    return context.getBean(Memory.class);
  }

  @Override
  public void close() {
    context.close();
  }
}
