-- How many rows were sealed anew since the key was replaced: for its certificate.
alter table key_version add column resealed bigint default 0 not null;

-- The names of keys that are gone. A key that stands here is refused, whatever the key store says of it.
create table destroyed_key (
  scope_id uuid not null,
  key_id integer not null,
  destroyed_at timestamp with time zone not null,
  primary key (scope_id, key_id)
);
