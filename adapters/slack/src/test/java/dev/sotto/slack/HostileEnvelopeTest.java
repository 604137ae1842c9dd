package dev.sotto.slack;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Envelopes of Slack's in which something has another shape, depth or length than it should. */
class HostileEnvelopeTest {
  private static final List<String> SEEN =
      List.of(
          """
          {"envelope_id":"e","type":"events_api","payload":{"type":"event_callback","team_id":"T1",
           "event_id":"Ev1","authorizations":[{"team_id":"T1"}],"event":{"type":"message",
           "channel_type":"im","user":"U1","channel":"D1","ts":"1.000100","text":"hello"}}}
          """,
          """
          {"envelope_id":"e","type":"events_api","payload":{"type":"event_callback","team_id":"T1",
           "event":{"type":"message","subtype":"message_changed","channel":"C1","ts":"2.000100",
           "message":{"user":"U1","ts":"1.000100","text":"new","edited":{"ts":"2.000000"}},
           "previous_message":{"user":"U1","ts":"1.000100","text":"old"}}}}
          """,
          """
          {"envelope_id":"e","type":"events_api","payload":{"type":"event_callback","team_id":"T1",
           "event":{"type":"message","subtype":"message_deleted","channel":"C1","ts":"2.000100",
           "deleted_ts":"1.000100","previous_message":{"user":"U1","ts":"1.000100"}}}}
          """,
          """
          {"envelope_id":"e","type":"slash_commands","payload":{"command":"/sotto","text":"help",
           "user_id":"U1","team_id":"T1","channel_id":"C1","trigger_id":"t","response_url":"u"}}
          """,
          """
          {"envelope_id":"e","type":"interactive","payload":{"type":"block_actions",
           "user":{"id":"U1"},"team":{"id":"T1"},"channel":{"id":"C1"},"trigger_id":"t",
           "container":{"message_ts":"1.0","channel_id":"C1"},"message":{"thread_ts":"1.0"},
           "actions":[{"action_id":"sotto_choice_1","action_ts":"3.0","value":"yes"}]}}
          """);

  private final SlackWorld.MemoryInbox inbox = new SlackWorld.MemoryInbox();
  private final SlackEvents events = SlackWorld.events(inbox);

  @Property(tries = 2_000)
  void areAcknowledgedOrLeftAloneAndNothingMore(@ForAll("hostile") String envelope)
      throws Exception {
    var _ = events.place(envelope);

    assertThat(events.take(envelope).orElse("{\"envelope_id\":\"")).startsWith("{\"envelope_id\":");
  }

  /** One of those seen, with up to four parts spoilt: numbered from the outside in. */
  @Provide
  Arbitrary<String> hostile() {
    Arbitrary<Map<Integer, JsonElement>> spoilt =
        Arbitraries.maps(Arbitraries.integers().between(0, 40), json()).ofMaxSize(4);
    return Combinators.combine(Arbitraries.of(SEEN), spoilt)
        .as((seen, by) ->
            replace(JsonParser.parseString(seen), new AtomicInteger(), by).toString());
  }

  private static JsonElement replace(
      JsonElement part, AtomicInteger number, Map<Integer, JsonElement> by) {
    JsonElement other = by.get(number.getAndIncrement());
    if (other != null) {
      return other;
    }
    return switch (part) {
      case JsonObject object -> {
        JsonObject copy = new JsonObject();
        object.asMap().forEach((name, it) -> copy.add(name, replace(it, number, by)));
        yield copy;
      }
      case JsonArray array -> {
        JsonArray copy = new JsonArray();
        array.forEach(it -> copy.add(replace(it, number, by)));
        yield copy;
      }
      default -> part;
    };
  }

  /** Halves of surrogates, empty things, long things, and depth. */
  private static Arbitrary<JsonElement> json() {
    Arbitrary<JsonElement> simple =
        Arbitraries.oneOf(
            Arbitraries.just(JsonNull.INSTANCE),
            Arbitraries.of(true, false).map(JsonPrimitive::new),
            Arbitraries.bigDecimals().map(JsonPrimitive::new),
            Arbitraries.strings().all().ofMaxLength(60).map(JsonPrimitive::new),
            Arbitraries.integers().between(0, 3_000).map(it -> new JsonPrimitive("<@".repeat(it))),
            Arbitraries.integers().between(0, 3_000).map(HostileEnvelopeTest::nested));
    return Arbitraries.oneOf(
        simple,
        simple.list().ofMaxSize(3).map(HostileEnvelopeTest::array),
        Arbitraries.maps(Arbitraries.of("type", "id", "ts", "text", "user", "team_id"), simple)
            .ofMaxSize(4)
            .map(HostileEnvelopeTest::object));
  }

  private static JsonElement array(List<JsonElement> parts) {
    JsonArray array = new JsonArray();
    parts.forEach(array::add);
    return array;
  }

  private static JsonElement object(Map<String, JsonElement> parts) {
    JsonObject object = new JsonObject();
    parts.forEach(object::add);
    return object;
  }

  private static JsonElement nested(int depth) {
    JsonElement inner = new JsonArray();
    for (int i = 0; i < depth; i++) {
      inner = array(List.of(inner));
    }
    return inner;
  }
}
