-- Each message is linked to the one before it, and each conversation has a sealed head that knows the newest link and
-- where the conversation begins. What was in the columns of the head stands in clear until the first start has sealed it.
alter table message add column link bytea;

alter table conversation alter column first_seq drop not null;
alter table conversation alter column next_seq drop not null;
alter table conversation add column scope_id uuid;
alter table conversation add column key_id integer;
alter table conversation add column row_version integer default 0 not null;
alter table conversation add column body bytea;
create index conversation_key on conversation (scope_id, key_id);
alter table conversation add constraint conversation_under_key
  foreign key (scope_id, key_id) references key_version (scope_id, key_id) on delete restrict;
