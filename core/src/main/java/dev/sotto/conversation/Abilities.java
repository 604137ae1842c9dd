package dev.sotto.conversation;

import dev.sotto.assistant.Assistant;
import dev.sotto.assistant.Assistants;
import dev.sotto.guard.Guard;
import dev.sotto.guard.Redaction;
import dev.sotto.model.Functions;
import dev.sotto.tool.Approval;
import dev.sotto.tool.Listed;
import dev.sotto.tool.Toolbox;
import dev.sotto.tool.Tools;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the model of an assistant may do besides speaking: the tools it lists, and no others. */
@Singleton
class Abilities {
  private static final Logger LOG = LoggerFactory.getLogger(Abilities.class);

  private final Tools tools;
  private final Guard guard;

  Abilities(Tools tools, Guard guard, Assistants assistants) {
    this.tools = tools;
    this.guard = guard;
    assistants.each(this::warn);
  }

  Functions of(Assistant assistant, Set<Redaction> redact) {
    Toolbox toolbox = tools.open(listed(assistant));
    return new Functions() {
      @Override
      public List<Function> offered() {
        return toolbox.offered().stream().map(Abilities::function).toList();
      }

      @Override
      public String call(String name, String arguments) {
        return guard.redact(toolbox.call(name, arguments), redact);
      }
    };
  }

  private void warn(Assistant assistant) {
    listed(assistant)
        .forEach(it ->
            tools.problem(it).ifPresent(problem -> LOG.warn("{}: {}", assistant.id(), problem)));
  }

  private static List<Listed> listed(Assistant assistant) {
    return assistant.tools().stream()
        .map(it -> new Listed(it.name(), Approval.valueOf(it.approval().name())))
        .toList();
  }

  private static Functions.Function function(Toolbox.Description tool) {
    return new Functions.Function(
        tool.name(),
        tool.text(),
        tool.parameters().stream()
            .map(it -> new Functions.Parameter(it.name(), it.description(), it.required()))
            .toList());
  }
}
