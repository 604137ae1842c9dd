package dev.sotto.assistant;

import dev.sotto.crypto.Fingerprint;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

@JdbcRepository(dialect = Dialect.POSTGRES)
interface BindingRows extends GenericRepository<BindingRow, UUID> {

  Optional<BindingRow> findByFingerprint(Fingerprint fingerprint);

  List<BindingRow> findAll();

  int deleteByFingerprint(Fingerprint fingerprint);

  void save(BindingRow row);
}
