package dev.sotto.assistant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sotto.StoredContract;
import dev.sotto.chat.Address;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What choosing an assistant promises, whatever database keeps the choice. */
class ResidentsTest extends StoredContract {

  @Test
  void holdsAChoiceForTheChannelAndItsThreadsAlsoAfterARestart() {
    assertThat(at(channel("C1"))).isEqualTo("desk");

    choose(channel("C1"), "lab");

    assertThat(at(channel("C1"))).isEqualTo("lab");
    restart();
    assertThat(at(channel("C1"))).isEqualTo("lab");
    assertThat(at(thread("C1", "7"))).isEqualTo("lab");
    assertThat(at(channel("C2"))).isEqualTo("desk");
  }

  @Test
  void lastChoiceWins() {
    choose(channel("C1"), "lab");
    choose(channel("C1"), "lab");
    choose(channel("C1"), "desk");

    assertThat(at(channel("C1"))).isEqualTo("desk");
    restart();
    assertThat(at(channel("C1"))).isEqualTo("desk");
  }

  private String at(Address address) {
    return bean(Residents.class).at(address, _ -> Optional.empty()).id();
  }

  private void choose(Address address, String id) {
    bean(Residents.class).choose(address, bean(Assistants.class).find(id).orElseThrow());
  }
}
