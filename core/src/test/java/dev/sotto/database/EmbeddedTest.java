package dev.sotto.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmbeddedTest {
  @ParameterizedTest
  @CsvSource({
    "jdbc:h2:file:/data/sotto,/data/sotto.mv.db",
    "jdbc:h2:file:/data/sotto;MODE=PostgreSQL;X=1,/data/sotto.mv.db",
    "jdbc:h2:/data/sotto;MODE=PostgreSQL,/data/sotto.mv.db",
    "jdbc:h2:./sotto,./sotto.mv.db",
    "jdbc:h2:uninterruptible:/data/sotto;MODE=PostgreSQL,/data/sotto.mv.db",
    "jdbc:h2:C:/data/sotto,C:/data/sotto.mv.db"
  })
  void knowsTheFileByEachOfItsAddresses(String url, Path file) {
    assertThat(Embedded.file(url)).contains(file);
    assertThat(Embedded.is(url)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"jdbc:h2:file:~/sotto", "jdbc:h2:~/sotto"})
  void isInThePersonsFolder(String url) {
    Path home = Path.of(System.getProperty("user.home"));

    assertThat(Embedded.file(url)).contains(home.resolve("sotto.mv.db"));
  }

  @ParameterizedTest
  @CsvSource({
    "jdbc:h2:file:/data/sotto;MODE=PostgreSQL;X=1,jdbc:h2:uninterruptible:/data/sotto;MODE=PostgreSQL;X=1",
    "jdbc:h2:nio:/data/sotto,jdbc:h2:uninterruptible:/data/sotto",
    "jdbc:h2:~/sotto,jdbc:h2:uninterruptible:~/sotto",
    "jdbc:h2:C:/data/sotto,jdbc:h2:uninterruptible:C:/data/sotto",
    "jdbc:h2:split:30:/data/sotto,jdbc:h2:split:30:/data/sotto",
    "jdbc:h2:mem:sotto;X=1,jdbc:h2:mem:sotto;X=1",
    "jdbc:postgresql://localhost/sotto,jdbc:postgresql://localhost/sotto"
  })
  void isUninterruptibleUnlessItNamesAFileSystem(String url, String same) {
    assertThat(Embedded.uninterruptible(url)).isEqualTo(same);
  }

  @Test
  void whatIsInMemoryOrElsewhereHasNone() {
    assertThat(Embedded.file("jdbc:h2:mem:sotto")).isEmpty();
    assertThat(Embedded.file("jdbc:postgresql://localhost/sotto")).isEmpty();
    assertThat(Embedded.is("jdbc:postgresql://localhost/sotto")).isFalse();
  }
}
