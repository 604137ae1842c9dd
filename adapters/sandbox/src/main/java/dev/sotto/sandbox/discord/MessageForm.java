package dev.sotto.sandbox.discord;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sotto.sandbox.side.Upload;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads what a client sends as a message, and holds it to Discord's limits. */
final class MessageForm {
  static final int MOST_CHARACTERS = 2_000;
  private static final int MOST_EMBEDS = 10;
  private static final int MOST_EMBED_CHARACTERS = 6_000;
  private static final int MOST_FILES = 10;
  private static final Pattern MENTION = Pattern.compile("<@!?(\\d{1,20})>");
  private static final Pattern EVERYONE = Pattern.compile("@(everyone|here)\\b");
  private static final int SETTABLE =
      Content.SUPPRESS_EMBEDS | Content.SUPPRESS_NOTIFICATIONS | Content.COMPONENTS_V2;

  private final Guild guild;

  MessageForm(Guild guild) {
    this.guild = guild;
  }

  /**
   * What a client sent for one message.
   *
   * @param replied whose message it replies to
   */
  record Sent(JsonNode body, List<Upload> files, Channel channel, Optional<Account> replied) {
    @Override
    public String toString() {
      return "Sent";
    }
  }

  /** The content of a new message. */
  Content created(Sent sent) {
    Content content = merged(Content.empty(0), sent);
    if (content.isEmpty()) {
      throw new ApiError(ApiError.Problem.EMPTY_MESSAGE);
    }
    return content;
  }

  /** The content of a message after an edit, which names only what changes. */
  Content edited(Content before, Sent sent) {
    Content content = merged(before, sent);
    if (content.isEmpty()) {
      throw new ApiError(ApiError.Problem.EMPTY_MESSAGE);
    }
    return content;
  }

  private Content merged(Content before, Sent sent) {
    JsonNode body = sent.body();
    String text = body.has("content") ? Json.text(body, "content") : before.text();
    int flags = flags(before.flags(), body);
    boolean layout = (flags & Content.COMPONENTS_V2) != 0;
    ArrayNode embeds = body.has("embeds") ? embeds(body.path("embeds")) : before.rich().embeds();
    ArrayNode components =
        body.has("components")
            ? Components.checked(body.path("components"), layout)
            : before.rich().components();
    ApiError.requireLength("content", text, 0, MOST_CHARACTERS);
    if (layout && !(text.isEmpty() && embeds.isEmpty())) {
      throw ApiError.invalid(
          "content",
          "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
          "The 'content' field cannot be used when using MessageFlags.IS_COMPONENTS_V2");
    }
    return new Content(
        text,
        flags,
        mentions(text + "\n" + Components.text(components), body, sent.replied()),
        new Content.Rich(embeds, components),
        attachments(before, sent));
  }

  private static int flags(int before, JsonNode body) {
    int kept = before & ~(Content.SUPPRESS_EMBEDS | Content.LOADING);
    return Json.has(body, "flags")
        ? kept | (body.path("flags").asInt() & SETTABLE)
        : before & ~Content.LOADING;
  }

  private static ArrayNode embeds(JsonNode sent) {
    ArrayNode embeds = Json.array(sent.valueStream().map(JsonNode::deepCopy));
    int characters = 0;
    for (JsonNode embed : embeds) {
      ApiError.requireLength("embeds", Json.text(embed, "title"), 0, 256);
      ApiError.requireLength("embeds", Json.text(embed, "description"), 0, 4_096);
      characters += Json.text(embed, "title").length() + Json.text(embed, "description").length();
      characters += embed.path("fields").toString().length();
      if (embed instanceof ObjectNode object) {
        object.put("type", "rich");
      }
    }
    if (embeds.size() > MOST_EMBEDS || characters > MOST_EMBED_CHARACTERS) {
      throw ApiError.invalid("embeds", "BASE_TYPE_MAX_LENGTH", "Must be 10 or fewer, and short.");
    }
    return embeds;
  }

  /** Whom a text calls, as far as {@code allowed_mentions} lets it. */
  private Content.Mentions mentions(String text, JsonNode body, Optional<Account> replied) {
    JsonNode allowed = body.path("allowed_mentions");
    boolean all = !allowed.isObject();
    Set<String> parse =
        Json.each(allowed, "parse").map(JsonNode::asText).collect(Collectors.toSet());
    Set<String> named =
        Json.each(allowed, "users").map(JsonNode::asText).collect(Collectors.toSet());
    Set<Account> called = new LinkedHashSet<>();
    replied.filter(_ -> all || allowed.path("replied_user").asBoolean()).ifPresent(called::add);
    mentioned(text).stream()
        .filter(it -> all || parse.contains("users") || named.contains(Shapes.text(it.id())))
        .forEach(called::add);
    boolean everyone = (all || parse.contains("everyone")) && EVERYONE.matcher(text).find();
    return new Content.Mentions(List.copyOf(called), everyone);
  }

  /** Whom a person's text calls, and whoever wrote the message it replies to. */
  Content.Mentions mentions(String text, Optional<Account> replied) {
    return mentions(text, Json.object(), replied);
  }

  private List<Account> mentioned(String text) {
    return MENTION
        .matcher(text)
        .results()
        .flatMap(match -> Json.id(match.group(1)).stream())
        .flatMap(id -> guild.account(id).stream())
        .toList();
  }

  private List<Attachment> attachments(Content before, Sent sent) {
    List<JsonNode> listed = Json.each(sent.body(), "attachments").toList();
    List<Attachment> all = new ArrayList<>(before.attachments());
    if (Json.has(sent.body(), "attachments")) {
      Set<String> kept = listed.stream().map(it -> Json.text(it, "id")).collect(Collectors.toSet());
      all.removeIf(file -> !kept.contains(Shapes.text(file.id())));
    }
    for (int i = 0; i < sent.files().size(); i++) {
      all.add(attachment(sent.files().get(i), sent.channel()));
    }
    if (all.size() > MOST_FILES) {
      throw ApiError.invalid("attachments", "BASE_TYPE_MAX_LENGTH", "Must be 10 or fewer.");
    }
    return all;
  }

  Attachment attachment(Upload file, Channel channel) {
    return new Attachment(
        guild.nextId(),
        channel.id(),
        file.name().replaceAll("[^A-Za-z0-9._-]", "_"),
        file.type(),
        UUID.randomUUID().toString().replace("-", ""),
        file.content());
  }
}
