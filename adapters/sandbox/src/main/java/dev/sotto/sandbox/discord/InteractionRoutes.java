package dev.sotto.sandbox.discord;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sotto.sandbox.discord.Interaction.Kind;
import dev.sotto.sandbox.discord.RestCall.Answer;
import java.util.Optional;

/** How a bot answers what a person did: one callback within 3 seconds, then follow-ups. */
final class InteractionRoutes {
  private static final int MESSAGE = 4;
  private static final int MESSAGE_LATER = 5;
  private static final int UPDATE_LATER = 6;
  private static final int UPDATE = 7;
  private static final int CHOICES = 8;
  private static final int FORM = 9;
  private static final int MOST_CHOICES = 25;

  private final Guild guild;
  private final MessageShapes shapes;
  private final MessageForm form;
  private final Talk talk;
  private final Interactions interactions;

  InteractionRoutes(Guild guild, MessageShapes shapes, Talk talk, Interactions interactions) {
    this.guild = guild;
    this.shapes = shapes;
    this.talk = talk;
    this.interactions = interactions;
    form = new MessageForm(guild);
  }

  /** These routes are proved by the token in their path and by no other. */
  static boolean hasItsOwnToken(String route) {
    return route.contains(" /interactions/") || route.contains(" /webhooks/");
  }

  void addTo(Routes routes) {
    String followUps = "/webhooks/{application}/{token}";
    routes
        .add("POST /interactions/{interaction}/{token}/callback", this::callback)
        .add("POST " + followUps, this::followUp)
        .add("GET " + followUps + "/messages/{message}", this::get)
        .add("PATCH " + followUps + "/messages/{message}", this::edit)
        .add("DELETE " + followUps + "/messages/{message}", this::delete);
  }

  private Answer callback(RestCall call) {
    Interaction interaction =
        interactions
            .byId(call.id("interaction"))
            .filter(it -> it.token().equals(call.part("token")))
            .orElseThrow(() -> new ApiError(ApiError.Problem.UNKNOWN_INTERACTION));
    if (interaction.acknowledged() && !interaction.acknowledgement().isCompletedExceptionally()) {
      throw new ApiError(ApiError.Problem.ALREADY_ACKNOWLEDGED);
    }
    if (!interaction.mayBeAcknowledged(guild.now()) || interaction.acknowledged()) {
      throw new ApiError(ApiError.Problem.UNKNOWN_INTERACTION);
    }
    int type = call.body().path("type").asInt();
    acknowledge(interaction, type, call);
    interaction.acknowledgement().complete(call.body());
    return call.asksFor("with_response") ? Answer.ok(answer(interaction, type)) : Answer.NOTHING;
  }

  private void acknowledge(Interaction interaction, int type, RestCall call) {
    JsonNode data = call.body().path("data");
    boolean typing = interaction.kind() == Kind.AUTOCOMPLETE;
    require(typing == (type == CHOICES), "Cannot answer this interaction so.");
    switch (type) {
      case MESSAGE -> interaction.answeredWith(post(interaction, call, data));
      case MESSAGE_LATER ->
          interaction.answeredWith(
              talk.post(
                  interaction.channel(),
                  guild.bot(),
                  origin(interaction),
                  Content.empty(Content.LOADING | ephemeral(data))));
      case UPDATE_LATER -> interaction.answeredWith(source(interaction));
      case UPDATE -> {
        Message source = source(interaction);
        change(source, data, call);
        interaction.answeredWith(source);
      }
      case CHOICES ->
          require(data.path("choices").size() <= MOST_CHOICES, "Must be 25 or fewer choices.");
      case FORM -> {
        require(interaction.kind() != Kind.MODAL, "A form cannot open a form.");
        interactions.open(Form.read(interaction, data));
      }
      default -> throw ApiError.invalid("type", "BASE_TYPE_CHOICES", "Unknown callback type.");
    }
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw ApiError.invalid("type", "INTERACTION_CALLBACK_INVALID", message);
    }
  }

  private static Message source(Interaction interaction) {
    require(interaction.source().isPresent(), "There is no message to update.");
    return interaction.source().orElseThrow();
  }

  private Message post(Interaction interaction, RestCall call, JsonNode data) {
    Content content = form.created(sent(interaction.channel(), call, data));
    return talk.post(
        interaction.channel(), guild.bot(), origin(interaction), content.with(ephemeral(data)));
  }

  private static MessageForm.Sent sent(Channel channel, RestCall call, JsonNode data) {
    return new MessageForm.Sent(data, call.files(), channel, Optional.empty());
  }

  private static int ephemeral(JsonNode data) {
    return data.path("flags").asInt() & Content.EPHEMERAL;
  }

  /** A follow-up replies to the first answer, an answer to a button to the button's message. */
  private static Message.Origin origin(Interaction interaction) {
    Optional<Message> referenced = interaction.original().or(interaction::source);
    boolean command = interaction.kind() == Kind.COMMAND && referenced.isEmpty();
    Message.Type type =
        command
            ? Message.Type.CHAT_INPUT_COMMAND
            : referenced.isPresent() ? Message.Type.REPLY : Message.Type.DEFAULT;
    return new Message.Origin(type, referenced, Optional.of(interaction), "");
  }

  private void change(Message message, JsonNode data, RestCall call) {
    talk.edit(message, form.edited(message.content(), sent(message.channel(), call, data)));
  }

  private ObjectNode answer(Interaction interaction, int type) {
    ObjectNode answer = Json.object();
    ObjectNode about =
        answer
            .putObject("interaction")
            .put("id", Shapes.text(interaction.id()))
            .put("type", interaction.kind().number())
            .put("channel_id", Shapes.text(interaction.channel().id()));
    ObjectNode resource = answer.putObject("resource").put("type", type);
    interaction
        .original()
        .ifPresent(message -> {
          about
              .put("response_message_id", Shapes.text(message.id()))
              .put("response_message_loading", message.content().has(Content.LOADING))
              .put("response_message_ephemeral", message.content().has(Content.EPHEMERAL));
          if (type != UPDATE_LATER) {
            resource.set("message", shapes.message(message, true));
          }
        });
    return answer;
  }

  private Interaction answerable(RestCall call) {
    if (call.id("application") != guild.application()) {
      throw new ApiError(ApiError.Problem.UNKNOWN_WEBHOOK);
    }
    Interaction interaction =
        interactions
            .byToken(call.part("token"))
            .filter(it -> it.acknowledged() && !it.acknowledgement().isCompletedExceptionally())
            .orElseThrow(() -> new ApiError(ApiError.Problem.UNKNOWN_WEBHOOK));
    if (!interaction.mayBeAnswered(guild.now())) {
      throw new ApiError(ApiError.Problem.INVALID_WEBHOOK_TOKEN);
    }
    return interaction;
  }

  /** The first follow-up of a bot that said it would answer later is that answer. */
  private Answer followUp(RestCall call) {
    Interaction interaction = answerable(call);
    Optional<Message> waiting = interaction.original().filter(_ -> interaction.waitsForContent());
    waiting.ifPresent(message -> fill(interaction, message, call));
    Message message = waiting.orElseGet(() -> post(interaction, call, call.body()));
    return Answer.ok(shapes.message(message, true));
  }

  private void fill(Interaction interaction, Message message, RestCall call) {
    change(message, call.body(), call);
    interaction.filled();
  }

  private Message message(Interaction interaction, RestCall call) {
    Optional<Message> found =
        "@original".equals(call.part("message"))
            ? interaction.original()
            : guild
                .visible(interaction.person(), call.id("message"))
                .filter(it -> belongs(it, interaction));
    return found
        .filter(guild::exists)
        .orElseThrow(() -> new ApiError(ApiError.Problem.UNKNOWN_MESSAGE));
  }

  private static boolean belongs(Message message, Interaction interaction) {
    return message.origin().interaction().filter(interaction::equals).isPresent()
        || interaction.original().filter(message::equals).isPresent();
  }

  private Answer get(RestCall call) {
    return Answer.ok(shapes.message(message(answerable(call), call), true));
  }

  private Answer edit(RestCall call) {
    Interaction interaction = answerable(call);
    Message message = message(interaction, call);
    fill(interaction, message, call);
    return Answer.ok(shapes.message(message, true));
  }

  private Answer delete(RestCall call) {
    talk.delete(message(answerable(call), call));
    return Answer.NOTHING;
  }
}
