package dev.sotto.crypto;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;

/** Whether blind indexes may still stand in tables as they did before there was a key for them. */
@JdbcRepository(dataSource = "keys", dialect = Dialect.POSTGRES)
interface PlainRows extends GenericRepository<InstallationRow, Boolean> {

  @Query("select plain_indexes from installation")
  boolean remain();

  @Query("update installation set plain_indexes = false")
  int end();
}
