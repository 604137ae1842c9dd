package dev.sotto.crypto;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Root keys by name, the change from one to another, and what each wraps. */
@JdbcRepository(dataSource = "keys", dialect = Dialect.POSTGRES)
interface RootRows extends GenericRepository<RootChangeRow, Boolean> {
  int PAGE = 2_000;

  @Query("select count(*) from root_key where id = :id")
  long known(String id);

  @Query("insert into root_key (id) values (:id) on conflict do nothing")
  int name(String id);

  /** Fails while something is wrapped by it: the foreign key is the proof that nothing is. */
  @Query("delete from root_key where id = :id")
  int letGo(String id);

  @Query("select * from root_change")
  Optional<RootChangeRow> change();

  @Query(
      """
      insert into root_change (only_one, root_id, next_proof, source, destination, begun_at)
      values (:onlyOne, :rootId, :nextProof, :source, :destination, :begunAt)
      """)
  int begin(RootChangeRow row);

  @Query("delete from root_change")
  int end();

  @Query(
      "insert into former_root (id, destination, left_at) values (:id, :destination, :now) on conflict do nothing")
  int leave(String id, Ciphertext destination, Instant now);

  @Query("delete from former_root where id = :id")
  int comeBack(String id);

  /** Where the successor of a former root key is. */
  @Query("select destination from former_root where id = :id")
  List<Ciphertext> successor(String id);

  @Query("select id from former_root")
  List<String> former();

  @Query("update installation set root_id = :next, proof = :proof where root_id = :before")
  int replace(String before, String next, Ciphertext proof);

  /** Holds the installation until the end of the transaction. */
  @Query("select root_id from installation for update")
  List<String> lock();

  @Query("select count(*) from key_version where root_id = :root and wrapped is not null")
  long wrappedBy(String root);

  /** What a root key wraps, a page of 2,000 in the order of ids. */
  @Query(
      """
      select * from key_version where root_id = :root and wrapped is not null and scope_id > :after
      order by scope_id, key_id limit 2000
      """)
  List<VersionRow> wrapped(String root, UUID after);

  /** The workspaces of such a page. */
  @Query("select * from key_scope where id > :after and id <= :last and kind = 'WORKSPACE'")
  List<ScopeRow> workspaces(UUID after, UUID last);
}
