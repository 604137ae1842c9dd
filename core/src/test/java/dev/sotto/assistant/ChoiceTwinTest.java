package dev.sotto.assistant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sotto.TestDatabases;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Without anchors an older choice is taken for the last. */
class ChoiceTwinTest extends ChoiceContract {
  @Override
  protected Map<String, Object> databases(Path data) {
    Map<String, Object> properties = TestDatabases.h2(data);
    properties.put("twins.anchors-nothing", true);
    return properties;
  }

  @Test
  void takesAnOlderChoiceThatWasBroughtBack() {
    bringBackLab();

    assertThat(at("C1")).isEqualTo("lab");
  }
}
