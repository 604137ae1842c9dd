package dev.sotto.sandbox.discord;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;

/** What a message says; replaced as a whole by an edit. */
record Content(String text, int flags, Mentions mentions, Rich rich, List<Attachment> attachments) {
  static final int SUPPRESS_EMBEDS = 1 << 2;
  static final int HAS_THREAD = 1 << 5;
  static final int EPHEMERAL = 1 << 6;
  static final int LOADING = 1 << 7;
  static final int SUPPRESS_NOTIFICATIONS = 1 << 12;
  static final int COMPONENTS_V2 = 1 << 15;

  Content {
    attachments = List.copyOf(attachments);
  }

  static Content of(String text, Mentions mentions, List<Attachment> attachments) {
    return new Content(text, 0, mentions, Rich.NONE, attachments);
  }

  static Content empty(int flags) {
    return new Content("", flags, Mentions.NONE, Rich.NONE, List.of());
  }

  boolean has(int flag) {
    return (flags & flag) != 0;
  }

  boolean isEmpty() {
    return text.isBlank()
        && rich.embeds().isEmpty()
        && rich.components().isEmpty()
        && attachments.isEmpty();
  }

  Content with(int flag) {
    return new Content(text, flags | flag, mentions, rich, attachments);
  }

  @Override
  public String toString() {
    return "Content[" + text.length() + " characters]";
  }

  /** Whom a message calls, as far as its author allowed. */
  record Mentions(List<Account> accounts, boolean everyone) {
    static final Mentions NONE = new Mentions(List.of(), false);

    Mentions {
      accounts = List.copyOf(accounts);
    }
  }

  /** The parts beside the text, kept as JSON and never changed. */
  record Rich(ArrayNode embeds, ArrayNode components) {
    static final Rich NONE =
        new Rich(JsonNodeFactory.instance.arrayNode(), JsonNodeFactory.instance.arrayNode());

    @Override
    public String toString() {
      return "Rich";
    }
  }
}
