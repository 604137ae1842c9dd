package dev.sotto.crypto;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;

@JdbcRepository(dataSource = "keys", dialect = Dialect.POSTGRES)
interface EpochRows extends GenericRepository<EpochRow, Boolean> {

  @Query("select epoch from key_epoch")
  long epoch();

  @Query("select count(*) from key_epoch where epoch > compacted")
  long uncompacted();

  @Query("update key_epoch set epoch = epoch + 1")
  int raise();
}
