package dev.sotto.inbox;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.sotto.chat.ChatEvent;

/** The form of a body before it is sealed; its failures say nothing of the content. */
final class Json {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .addModules(new Jdk8Module(), new JavaTimeModule())
          .addMixIn(ChatEvent.class, Kinds.class)
          .build();

  private Json() {}

  static String write(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("not to be written as JSON: " + value.getClass().getName());
    }
  }

  static <T> T read(String json, Class<T> type) {
    try {
      return MAPPER.readValue(json, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("not to be read from JSON: " + type.getName());
    }
  }

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
  @JsonSubTypes({
    @JsonSubTypes.Type(name = "message", value = ChatEvent.Message.class),
    @JsonSubTypes.Type(name = "command", value = ChatEvent.Command.class),
    @JsonSubTypes.Type(name = "edit", value = ChatEvent.Edit.class),
    @JsonSubTypes.Type(name = "deletion", value = ChatEvent.Deletion.class)
  })
  private interface Kinds {}
}
