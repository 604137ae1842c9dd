package dev.sotto.model;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import java.util.List;

/** What is offered to a model, in the form that LangChain4j sends to any provider. */
final class ToolSpecifications {
  private ToolSpecifications() {}

  static List<ToolSpecification> of(List<Functions.Function> offered) {
    return offered.stream().map(ToolSpecifications::of).toList();
  }

  private static ToolSpecification of(Functions.Function function) {
    var parameters = JsonObjectSchema.builder();
    function.parameters().forEach(it -> parameters.addStringProperty(it.name(), it.description()));
    return ToolSpecification.builder()
        .name(function.name())
        .description(function.description())
        .parameters(
            parameters
                .required(
                    function.parameters().stream()
                        .filter(Functions.Parameter::required)
                        .map(Functions.Parameter::name)
                        .toList())
                .build())
        .build();
  }
}
