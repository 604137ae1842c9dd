package dev.sotto.assistant;

import dev.sotto.crypto.BlindIndex;
import io.micronaut.data.annotation.Expandable;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

@JdbcRepository(dialect = Dialect.POSTGRES)
interface BindingRows extends GenericRepository<BindingRow, UUID> {

  @Query("select * from binding where fingerprint in (:forms)")
  Optional<BindingRow> find(@Expandable List<BlindIndex> forms);

  List<BindingRow> findAll();

  @Query("delete from binding where fingerprint in (:forms)")
  int delete(@Expandable List<BlindIndex> forms);

  void save(BindingRow row);
}
