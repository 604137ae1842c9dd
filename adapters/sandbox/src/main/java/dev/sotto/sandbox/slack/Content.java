package dev.sotto.sandbox.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a message says.
 *
 * @param markdown whether the text is Markdown as the bot sent it, and not Slack's own markup
 * @param files ids
 */
record Content(
    String text,
    boolean markdown,
    ArrayNode blocks,
    Optional<JsonNode> metadata,
    List<String> files) {
  private static final int CUT = 40_000;
  private static final int MARKDOWN = 12_000;
  private static final int UPDATED = 4_000;
  private static final int METADATA = 4_000;

  Content {
    files = List.copyOf(files);
  }

  static Content of(String text) {
    return new Content(text, false, Json.array(), Optional.empty(), List.of());
  }

  static Content of(String text, List<String> files) {
    return new Content(text, false, Json.array(), Optional.empty(), files);
  }

  /** The content of a new message; a text over 40,000 characters is cut. */
  static Content posted(Args args) {
    Optional<String> markdown = markdown(args);
    ArrayNode blocks = blocks(args).orElseGet(Json::array);
    if (markdown.isEmpty() && args.text("text").isEmpty() && blocks.isEmpty()) {
      throw new Refusal("no_text");
    }
    String text = markdown.or(() -> args.text("text")).orElse("");
    return new Content(
        text.length() > CUT ? text.substring(0, CUT) : text,
        markdown.isPresent(),
        blocks,
        metadata(args),
        List.of());
  }

  /** This content, changed; what is not given stays. */
  Content updated(Args args) {
    Optional<String> markdown = markdown(args);
    Optional<String> given = args.text("text");
    if (given.filter(value -> value.length() > UPDATED).isPresent()) {
      throw new Refusal("msg_too_long");
    }
    if (markdown.isEmpty()
        && given.isEmpty()
        && Collections.disjoint(args.fields().keySet(), Set.of("blocks", "metadata"))) {
      throw new Refusal("no_text");
    }
    return new Content(
        markdown.or(() -> given).orElse(text),
        markdown.isPresent() || (given.isEmpty() && this.markdown),
        blocks(args).orElseGet(() -> markdown.isPresent() ? Json.array() : blocks),
        metadata(args).or(() -> metadata),
        files);
  }

  /** This content and more of it, as a stream grows. */
  Content grown(Args args) {
    return new Content(
        text + streamed(args),
        true,
        blocks(args).orElse(blocks),
        metadata(args).or(() -> metadata),
        files);
  }

  Content withText(String other) {
    return new Content(other, false, blocks, metadata, files);
  }

  /** The Markdown that a call adds to a stream, also in chunks. */
  private static String streamed(Args args) {
    StringBuilder added = new StringBuilder(markdown(args).orElse(""));
    args.json("chunks")
        .ifPresent(chunks -> chunks.forEach(chunk -> added.append(chunk.path("text").asText())));
    return added.toString();
  }

  private static Optional<String> markdown(Args args) {
    Optional<String> markdown = args.text("markdown_text");
    if (markdown.isPresent() && args.text("text").isPresent()) {
      throw new Refusal("markdown_text_conflict");
    }
    if (markdown.filter(value -> value.length() > MARKDOWN).isPresent()) {
      throw new Refusal("msg_too_long");
    }
    return markdown;
  }

  private static Optional<ArrayNode> blocks(Args args) {
    return args.json("blocks").map(Blocks::checked);
  }

  private static Optional<JsonNode> metadata(Args args) {
    Optional<JsonNode> metadata = args.json("metadata");
    metadata.ifPresent(given -> {
      if (!given.path("event_type").isTextual() || !given.path("event_payload").isObject()) {
        throw new Refusal("invalid_metadata_format");
      }
      if (given.toString().length() > METADATA) {
        throw new Refusal("metadata_too_large");
      }
    });
    return metadata;
  }

  @Override
  public String toString() {
    return "Content[" + text.length() + " characters]";
  }
}
