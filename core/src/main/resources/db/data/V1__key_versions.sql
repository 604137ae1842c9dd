-- The versions of keys that rows of this database may name, without any key. Each sealed table has the columns
-- id, scope_id, key_id, row_version, body and the foreign key (scope_id, key_id) to this table, on delete restrict:
-- a version that can be deleted here is proved to be in use nowhere.
create table key_version (
  scope_id uuid not null,
  key_id integer not null,
  state varchar(16) not null,
  primary key (scope_id, key_id),
  constraint known_state check (state in ('PRE_ACTIVE', 'ACTIVE', 'DECRYPT_ONLY', 'COMPROMISED', 'DESTROYED'))
);
