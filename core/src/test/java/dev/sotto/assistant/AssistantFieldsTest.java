package dev.sotto.assistant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sotto.assistant.Shape.Entries;
import dev.sotto.assistant.Shape.Field;
import dev.sotto.assistant.Shape.Items;
import dev.sotto.assistant.Shape.Scalar;
import dev.sotto.assistant.Shape.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What editors and people are told about the fields is what the fields are. */
class AssistantFieldsTest {
  private static final Path HOUSE = Path.of("..").toAbsolutePath().normalize();

  @Test
  void theSchemaForEditorsSaysWhatIsChecked() throws IOException {
    String schema = JsonSchema.write(AssistantFields.ASSISTANT);

    Path fresh = Files.writeString(Path.of("target", "assistant.schema.json"), schema);
    assertThat(Files.readString(HOUSE.resolve("config/assistant.schema.json")))
        .as("config/assistant.schema.json; the fresh one is core/%s", fresh)
        .isEqualTo(schema);
  }

  @Test
  void thePageForPeopleHasEveryFieldWithItsLimitsAndDefault() throws IOException {
    List<String> rows = rows("", AssistantFields.ASSISTANT).toList();

    Path fresh = Files.write(Path.of("target", "assistant.fields.md"), rows);
    assertThat(Files.readAllLines(HOUSE.resolve("docs/assistants.md")))
        .as("docs/assistants.md; the fresh rows are in core/%s", fresh)
        .containsSubsequence(rows);
  }

  private static Stream<String> rows(String above, Table table) {
    return table.fields().stream().flatMap(field -> rows(above + field.name(), field));
  }

  private static Stream<String> rows(String path, Field field) {
    String fallback =
        field
            .fallback()
            .map(it -> field.shape() instanceof Table ? "" : "`" + it + "`")
            .orElse(field.required() ? "**required**" : "");
    String row =
        "| `%s` | %s | %s | %s |".formatted(path, words(field.shape()), fallback, field.doc());
    return Stream.concat(
        Stream.of(row), tables(field.shape()).flatMap(table -> rows(path + ".", table)));
  }

  private static String words(Shape shape) {
    return switch (shape) {
      case Scalar scalar -> Scalars.words(scalar);
      case Items it ->
          "%sa list of %d to %d: %s"
              .formatted(it.single() ? "one, or " : "", it.least(), it.most(), words(it.item()));
      case Entries it -> "a list of up to %d tables, or a mapping".formatted(it.most());
      case Table _ -> "a table";
    };
  }

  private static Stream<Table> tables(Shape shape) {
    return switch (shape) {
      case Scalar _ -> Stream.of();
      case Items it -> tables(it.item());
      case Entries it -> Stream.of(it.item());
      case Table it -> Stream.of(it);
    };
  }
}
