package dev.sotto.discord;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sotto.chat.CommandCatalogue.Option;
import java.util.Map;
import java.util.Optional;
import net.dv8tion.jda.api.utils.data.DataArray;
import net.dv8tion.jda.api.utils.data.DataObject;
import org.junit.jupiter.api.Test;

class SlashCommandsTest {
  private final SlashCommands commands = new SlashCommands(new FixedCatalogue());

  private String line(String command, Map<String, String> values) {
    return commands.line(command, option -> Optional.ofNullable(values.get(option)));
  }

  @Test
  void isOneCommandWithGroupsAndAutocomplete() {
    DataObject root = DataObject.fromJson(commands.command().toData().toJson());

    DataArray children = root.getArray("options");
    DataObject help = children.getObject(0);
    DataObject use = children.getObject(1).getArray("options").getObject(0);
    assertThat(root.getString("name")).isEqualTo("sotto");
    assertThat(help.getString("name")).isEqualTo("help");
    assertThat(help.getInt("type")).isEqualTo(1);
    assertThat(children.getObject(1).getInt("type")).isEqualTo(2);
    assertThat(use.getString("name")).isEqualTo("use");
    assertThat(use.getArray("options").getObject(0).getBoolean("autocomplete")).isTrue();
    assertThat(use.getArray("options").getObject(0).getBoolean("required")).isTrue();
  }

  @Test
  void saysTheSameWordsAsOnOtherPlatforms() {
    assertThat(line("sotto help", Map.of())).isEqualTo("help");
    assertThat(line("sotto assistant use", Map.of("version", "3", "id", "helpdesk")))
        .isEqualTo("assistant use helpdesk 3");
    assertThat(line("sotto assistant use", Map.of("id", " two\nlines ")))
        .isEqualTo("assistant use two lines");
  }

  @Test
  void offersChoicesAndFlagsAsDiscordsOwn() {
    DataObject root = DataObject.fromJson(commands.command().toData().toJson());

    DataArray options =
        root.getArray("options").getObject(2).getArray("options").getObject(0).getArray("options");
    DataArray choices = options.getObject(0).getArray("choices");
    assertThat(choices.stream(DataArray::getObject).map(it -> it.getString("value")))
        .containsExactly("data", "root");
    assertThat(options.getObject(2).getInt("type")).isEqualTo(5);
    assertThat(line("sotto keys emergency", Map.of("what", "data", "dry-run", "true")))
        .isEqualTo("keys emergency data dry-run");
    assertThat(line("sotto keys emergency", Map.of("what", "data", "dry-run", "false")))
        .isEqualTo("keys emergency data");
  }

  @Test
  void findsTheOptionAPersonIsTyping() {
    assertThat(commands.option("sotto assistant use", "id")).map(Option::name).contains("id");
    assertThat(commands.option("sotto assistant use", "other")).isEmpty();
    assertThat(commands.option("sotto", "id")).isEmpty();
  }
}
