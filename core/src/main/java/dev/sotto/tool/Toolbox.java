package dev.sotto.tool;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The tools of one assistant. What is not in it cannot be called, whatever a model writes. */
public final class Toolbox {
  private static final Logger LOG = LoggerFactory.getLogger(Toolbox.class);
  private static final int LONGEST_ARGUMENTS = 20_000;
  private static final int LONGEST_RESULT = 20_000;
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private final Map<String, Tool> tools;

  Toolbox(Map<String, Tool> tools) {
    this.tools = new TreeMap<>(tools);
  }

  /** What a model may be told of, by name. */
  public List<Description> offered() {
    return tools.values().stream()
        .map(it -> new Description(it.name(), it.description(), it.parameters()))
        .sorted(Comparator.comparing(Description::name))
        .toList();
  }

  /**
   * Calls a tool, or says in the result why not. The result has at most 20,000 characters.
   *
   * @param arguments a JSON object of texts
   */
  public String call(String name, String arguments) {
    Tool tool = tools.get(name);
    if (tool == null) {
      return "There is no such tool here.";
    }
    return read(arguments)
        .map(it -> call(tool, it))
        .orElse("The arguments are not a JSON object of texts.");
  }

  private static String call(Tool tool, Map<String, String> arguments) {
    try {
      String result = tool.call(arguments);
      return result.substring(0, Math.min(result.length(), LONGEST_RESULT));
    } catch (RuntimeException e) {
      LOG.error("the tool {} failed: {}", tool.name(), e.getClass().getName());
      return "The tool failed.";
    }
  }

  private static Optional<Map<String, String>> read(String arguments) {
    if (arguments.length() > LONGEST_ARGUMENTS) {
      return Optional.empty();
    }
    try {
      JsonNode object = arguments.isBlank() ? JSON.createObjectNode() : JSON.readTree(arguments);
      boolean texts =
          object.isObject() && object.valueStream().allMatch(it -> it.isTextual() || it.isNull());
      return texts ? Optional.of(texts(object)) : Optional.empty();
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  private static Map<String, String> texts(JsonNode object) {
    Map<String, String> texts = new LinkedHashMap<>();
    object.properties().stream()
        .filter(it -> it.getValue().isTextual())
        .forEach(it -> texts.put(it.getKey(), it.getValue().textValue()));
    return texts;
  }

  /** One tool, as a model is told of it. */
  public record Description(String name, String text, List<Parameter> parameters) {
    public Description {
      parameters = List.copyOf(parameters);
    }
  }
}
