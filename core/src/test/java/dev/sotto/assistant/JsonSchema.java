package dev.sotto.assistant;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sotto.assistant.Shape.Entries;
import dev.sotto.assistant.Shape.Field;
import dev.sotto.assistant.Shape.Headed;
import dev.sotto.assistant.Shape.Items;
import dev.sotto.assistant.Shape.Scalar;
import dev.sotto.assistant.Shape.Table;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Writes shapes as a JSON Schema, for editors to complete and check definitions by. */
final class JsonSchema {

  private JsonSchema() {}

  static String write(Table table) throws JsonProcessingException {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    schema.put("title", "A Sotto assistant");
    schema.putAll(of(table));
    return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(schema) + "\n";
  }

  private static Map<String, Object> of(Shape shape) {
    return switch (shape) {
      case Scalar scalar -> scalar(scalar);
      case Items items -> items.single() ? anyOf(of(items.item()), list(items)) : list(items);
      case Entries it ->
          anyOf(
              list(new Items(it.item(), 0, it.most(), false)),
              map(
                  "type",
                  "object",
                  "additionalProperties",
                  of(value(it)),
                  "maxProperties",
                  it.most()));
      case Table table -> table(table);
    };
  }

  private static Shape value(Entries entries) {
    return entries.item().field(entries.value()).orElseThrow().shape();
  }

  private static Map<String, Object> scalar(Scalar shape) {
    return switch (shape) {
      case Shape.Text it -> {
        Map<String, Object> text = map("type", "string", "minLength", 1, "maxLength", it.most());
        it.form().ifPresent(form -> text.put("pattern", "^(?:" + form.pattern() + ")$"));
        yield text;
      }
      case Shape.OneOf it -> map("enum", it.words());
      case Headed it -> map("type", "string", "pattern", pattern(it));
      case Shape.Whole it -> map("type", "integer", "minimum", it.least(), "maximum", it.most());
      case Shape.Decimal it -> map("type", "number", "minimum", it.least(), "maximum", it.most());
      case Shape.Flag _ -> map("type", "boolean");
      case Shape.Span _ -> map("type", "string", "pattern", "^[0-9]{1,6}[hdwy]$");
      case Shape.Pace _ ->
          map("type", "string", "pattern", "^[0-9]{1,15}/(minute|hour|day|month)$");
    };
  }

  private static String pattern(Headed shape) {
    String heads =
        shape.heads().stream()
            .map(head -> head + shape.separator() + ".{1," + (Headed.LONGEST_NAME - 1) + "}")
            .collect(Collectors.joining("|"));
    return "^(?:%s)$"
        .formatted(
            Stream.concat(shape.words().stream(), Stream.of(heads))
                .collect(Collectors.joining("|")));
  }

  private static Map<String, Object> list(Items shape) {
    return map(
        "type",
        "array",
        "items",
        of(shape.item()),
        "minItems",
        shape.least(),
        "maxItems",
        shape.most());
  }

  private static Map<String, Object> table(Table table) {
    Map<String, Object> properties = new LinkedHashMap<>();
    table.fields().forEach(field -> properties.put(field.name(), property(field)));
    List<String> required =
        table.fields().stream().filter(Field::required).map(Field::name).toList();
    return map(
        "type",
        "object",
        "properties",
        properties,
        "required",
        required,
        "additionalProperties",
        false);
  }

  private static Map<String, Object> property(Field field) {
    Map<String, Object> property = map("description", field.doc());
    property.putAll(of(field.shape()));
    field.fallback().ifPresent(yaml -> property.put("default", plain(yaml)));
    return property;
  }

  static Object plain(String yaml) {
    return new Load(LoadSettings.builder().build()).loadFromString(yaml);
  }

  private static Map<String, Object> anyOf(Map<String, Object> one, Map<String, Object> other) {
    return map("anyOf", List.of(one, other));
  }

  private static Map<String, Object> map(Object... keysAndValues) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int index = 0; index < keysAndValues.length; index += 2) {
      map.put((String) keysAndValues[index], keysAndValues[index + 1]);
    }
    return map;
  }
}
