-- Who did what, and when. The body is the sealed actor, object and reason; the MAC is over what they say in clear and
-- over the MAC before, so that sealing a row again under another key changes nothing that is checked.
create table audit_entry (
  id uuid not null,
  segment integer not null,
  seq bigint not null,
  at timestamp with time zone not null,
  action varchar(32) not null,
  outcome varchar(16) not null,
  mac bytea not null,
  once bytea,
  scope_id uuid not null,
  key_id integer not null,
  row_version integer not null,
  body bytea not null,
  constraint audit_mac check (octet_length(mac) = 32)
);
create index audit_entry_key on audit_entry (scope_id, key_id);
alter table audit_entry add constraint audit_id primary key (id);
alter table audit_entry add constraint audit_order unique (segment, seq);
alter table audit_entry add constraint audit_once unique (once);
alter table audit_entry add constraint audit_under_key
  foreign key (scope_id, key_id) references key_version (scope_id, key_id) on delete restrict;

-- Where the log stands, sealed: one row, which whoever appends holds. Empty before the first entry.
create table audit_state (
  id uuid not null,
  scope_id uuid,
  key_id integer,
  row_version integer not null,
  body bytea
);
create index audit_state_key on audit_state (scope_id, key_id);
alter table audit_state add constraint audit_state_id primary key (id);
alter table audit_state add constraint audit_state_under_key
  foreign key (scope_id, key_id) references key_version (scope_id, key_id) on delete restrict;
insert into audit_state (id, row_version) values ('00000000-0000-7000-8000-000000000001', 0);
