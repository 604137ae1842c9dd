package dev.sotto.bots;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sotto.chat.Finding;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code doctor}: looks at configuration, keys, databases, every hop and what the platforms grant,
 * and says what to mend. Ends with 0 when all is well, else with 1.
 */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    description =
        "Check configuration, keys, databases, the TLS of every hop and what the platforms grant.")
final class DoctorCommand implements Callable<Integer> {
  private static final JsonMapper JSON = new JsonMapper();

  @Option(names = "--json", description = "One JSON document instead of lines.")
  private boolean json;

  @Override
  public Integer call() {
    return examine(Map.of(), json, System.out);
  }

  /**
   * Says what was found, and returns the status to end with.
   *
   * @param overrides properties that win over files and environment
   */
  static int examine(Map<String, Object> overrides, boolean json, PrintStream out) {
    List<Finding> findings = new Examination(overrides).findings();
    if (json) {
      out.println(document(findings));
    } else {
      findings.forEach(
          it -> out.printf("%-5s %-32s %s%n", it.well() ? "ok" : "fail", it.check(), it.line()));
    }
    return findings.stream().allMatch(Finding::well) ? 0 : 1;
  }

  private static String document(List<Finding> findings) {
    ObjectNode document = JSON.createObjectNode();
    document.put("ok", findings.stream().allMatch(Finding::well));
    var array = document.putArray("findings");
    findings.forEach(it ->
        array.addObject().put("check", it.check()).put("ok", it.well()).put("line", it.line()));
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(document);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("findings are no JSON", e);
    }
  }
}
