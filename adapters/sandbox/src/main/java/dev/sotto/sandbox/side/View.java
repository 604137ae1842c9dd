package dev.sotto.sandbox.side;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What one person sees of a workspace at one moment, in words that fit every platform.
 *
 * @param workspace its name
 * @param modal the form that is open for this person
 */
public record View(
    String workspace,
    Person person,
    List<Person> people,
    List<Channel> channels,
    Optional<Modal> modal) {

  public View {
    people = List.copyOf(people);
    channels = List.copyOf(channels);
  }

  /** The channel of that id. */
  public Channel channel(String id) {
    return channels.stream()
        .filter(channel -> channel.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no such channel in view"));
  }

  /** What is said at a place: a channel's own messages, or those of a thread without its root. */
  public List<Bubble> bubbles(Place place) {
    Channel channel = channel(place.channel());
    return place
        .thread()
        .map(
            thread -> channel.thread(thread).map(View.Replies::bubbles).orElseGet(List::<Bubble>of))
        .orElse(channel.bubbles());
  }

  /** Somebody in the workspace. */
  public record Person(String id, String name, boolean admin, boolean bot) {}

  /**
   * A channel, or the person's direct messages with the bot.
   *
   * @param bubbles its own messages, oldest first, without those inside threads
   * @param status what the bot is said to be doing here
   * @param prompts what the platform proposes to write
   */
  public record Channel(
      String id,
      String name,
      boolean direct,
      List<Bubble> bubbles,
      List<Replies> threads,
      Optional<String> status,
      List<Prompt> prompts) {
    public Channel {
      bubbles = List.copyOf(bubbles);
      threads = List.copyOf(threads);
      prompts = List.copyOf(prompts);
    }

    public Optional<Replies> thread(String id) {
      return threads.stream().filter(thread -> thread.id().equals(id)).findFirst();
    }

    /** Everything said in the channel and its threads. */
    public Stream<Bubble> all() {
      return Stream.concat(
          bubbles.stream(), threads.stream().flatMap(thread -> thread.bubbles().stream()));
    }
  }

  /**
   * A thread, that is the replies below one message.
   *
   * @param id that of the message it hangs on
   * @param title empty where nobody gave it one
   * @param bubbles oldest first, without the message it hangs on
   */
  public record Replies(
      String id, Optional<String> title, List<Bubble> bubbles, Optional<String> status) {
    public Replies {
      bubbles = List.copyOf(bubbles);
    }
  }

  /**
   * A message as it stands.
   *
   * @param text raw, in the platform's own markup; text of layout blocks follows that of the
   *     message
   * @param streaming whether it is still being written
   * @param ephemeral whether this person alone sees it
   */
  public record Bubble(
      String id,
      Person author,
      Instant at,
      String text,
      boolean edited,
      boolean streaming,
      boolean ephemeral,
      List<Button> buttons,
      List<Reaction> reactions,
      List<File> files) {
    public Bubble {
      buttons = List.copyOf(buttons);
      reactions = List.copyOf(reactions);
      files = List.copyOf(files);
    }
  }

  /** A button below a message. */
  public record Button(String action, String label, boolean enabled) {}

  /** A reaction and how many gave it. */
  public record Reaction(String emoji, int count, boolean mine) {}

  /** A file below a message, its size in bytes. */
  public record File(String id, String name, String type, int size) {}

  /** Something the platform proposes to write. */
  public record Prompt(String title, String message) {}

  /** A form that waits for the person. */
  public record Modal(String id, String title, String submit, List<Field> fields) {
    public Modal {
      fields = List.copyOf(fields);
    }
  }

  /**
   * One input of a form.
   *
   * @param value what stands there at first
   * @param choices the allowed values; none means free text
   */
  public record Field(
      String id,
      String label,
      String value,
      boolean multiline,
      boolean required,
      List<String> choices) {
    public Field {
      choices = List.copyOf(choices);
    }
  }
}
