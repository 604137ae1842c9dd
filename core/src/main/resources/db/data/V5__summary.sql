-- What one assistant noted of the messages that it is shown no more. Whatever takes a message away raises the epoch, so
-- that a summary that is just being made of it is not kept; tried_seq is where one was last tried.
alter table conversation add column epoch bigint default 0 not null;
alter table conversation add column tried_seq bigint default 0 not null;

create table summary (
  id uuid primary key,
  conversation_id uuid not null unique references conversation (id) on delete cascade,
  reaches_seq bigint not null,
  oldest_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  scope_id uuid not null,
  key_id integer not null,
  row_version integer not null,
  body bytea not null,
  foreign key (scope_id, key_id) references key_version (scope_id, key_id) on delete restrict
);
create index summary_expires on summary (expires_at);
create index summary_key on summary (scope_id, key_id);
