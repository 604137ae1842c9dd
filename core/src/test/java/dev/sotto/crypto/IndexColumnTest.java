package dev.sotto.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sotto.StoredContract;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class IndexColumnTest extends StoredContract {
  private static final String COLUMNS =
      """
      select table_name || '.' || column_name from information_schema.columns
      where lower(data_type) in ('bytea', 'binary varying') and lower(table_schema) = 'public'
      """;

  /** What is sealed, wrapped, or a MAC under a key of its own. */
  private static final Set<String> OTHERS =
      Set.of(
          "message.link",
          "audit_entry.mac",
          "index_guard.form",
          "installation.proof",
          "key_version.wrapped",
          "audit_key.wrapped",
          "root_change.next_proof",
          "root_change.source",
          "root_change.destination",
          "former_root.destination");

  @Test
  void listsEveryColumnOfBytesThatIsNotSealed() {
    Set<String> listed =
        Arrays.stream(IndexColumn.values())
            .map(it -> it.table() + "." + it.column())
            .collect(Collectors.toSet());

    Set<String> found = new HashSet<>();
    for (String database : List.of("default", "keys")) {
      query(database, COLUMNS).forEach(row -> found.add((String) row.getFirst()));
    }
    found.removeIf(it -> it.endsWith(".body"));

    assertThat(found).containsAll(OTHERS);
    found.removeAll(OTHERS);
    assertThat(found).isEqualTo(listed);
  }

  @Test
  void aColumnThatIsForgottenIsFound() {
    update("default", "create table forgotten (id uuid, person bytea)");

    assertThat(query("default", COLUMNS)).contains(List.of("forgotten.person"));
  }
}
