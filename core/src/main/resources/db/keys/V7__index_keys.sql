-- A key of the installation permutes blind indexes as they stand in tables: 16 bytes become 20, the first four its id.
alter table key_scope drop constraint known_kind;
alter table key_scope add constraint known_kind check (
  kind in ('WORKSPACE', 'INDEX', 'PERSON', 'CONVERSATION', 'DATA', 'INSTALLATION', 'SIGNING', 'PERMUTATION'));
alter table key_scope drop constraint blind_owner;
alter table key_scope add constraint blind_owner check (octet_length(owner) in (16, 20));
alter table anchor drop constraint blind_subject;
alter table anchor add constraint blind_subject check (octet_length(subject) in (16, 20));

-- Whether some may still stand as they did before there was such a key.
alter table installation add column plain_indexes boolean default true not null;

-- As its namesake in the data database.
create table index_guard (
  form bytea primary key
);

alter table key_rotation drop constraint known_aim;
alter table key_rotation add constraint known_aim check (
  aim in ('ALL', 'WORKSPACE', 'SCOPE', 'WORKSPACE_KEYS', 'INDEX'));
